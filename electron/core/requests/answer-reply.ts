/** What came back for an answer: what it means for the inbox, and what the owner is told. */
import { appError, type AppError } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import type { GatewayFailure } from '../ports.ts';
import type { Answer } from './submission.ts';

export interface Reply {
  readonly answer: Answer;
  /** Null: the answer counted, or somebody else's did before; the card says which. */
  readonly error: AppError | null;
}

export const connectionLost = appError('connection-lost', answerErrorTexts.connectionLost, true);

/** It may or may not have counted. */
export const notConfirmed: Reply = {
  answer: { type: 'unknown' },
  error: appError('gateway-timeout', noteTexts.notConfirmed, true),
};

export function refused(error: AppError): Reply {
  return { answer: { type: 'refused', note: error.message }, error };
}

export const changed = refused(appError('request-changed', answerErrorTexts.changed, true));

/** The call never came to an answer that says whether it counted; null: it did come to one. */
export function withoutAnswer(failure: GatewayFailure): Reply | null {
  switch (failure.code) {
    case 'CONNECTION_LOST':
      return { answer: { type: 'connection-lost' }, error: connectionLost };
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return notConfirmed;
    default:
      return null;
  }
}

/** Branches on codes; the gateway's own words go to the log, not to the owner. */
export function rejected(failure: GatewayFailure): Reply {
  return withoutAnswer(failure) ?? refused(appError('gateway-refused', noteTexts.refused, true));
}
