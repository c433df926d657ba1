/** What a failed call about people and devices means for the owner. The gateway's own words go to the log. */
import { peopleErrorTexts } from '../../contract/people-texts.ts';
import { appError, type AppError } from '../../contract/result.ts';
import type { GatewayFailure } from '../ports.ts';

export function callError(failure: GatewayFailure): AppError {
  switch (failure.code) {
    case 'CONNECTION_LOST':
      return appError('connection-lost', peopleErrorTexts.connectionLost, true);
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return appError('gateway-timeout', peopleErrorTexts.notConfirmed, true);
    default:
      return appError('gateway-refused', peopleErrorTexts.refused, true);
  }
}

export const elevationNeeded: AppError = appError('elevation-needed', peopleErrorTexts.elevationNeeded);
export const ownDevice: AppError = appError('bad-input', peopleErrorTexts.own);
export const notThere: AppError = appError('request-gone', peopleErrorTexts.notThere);
export const unsupported: AppError = appError('unsupported', peopleErrorTexts.unsupported);
export const listUnreadable: AppError = appError('gateway-refused', peopleErrorTexts.listUnreadable, true);
