/** The owner's answer on its way to the gateway: when it is allowed, what is sent, and what can come back. */
import { isSurplus } from '../../contract/guard/blocked-send.ts';
import { letsOut, type SendAnswer } from '../../contract/guard/send-answer.ts';
import { sendErrorTexts } from '../../contract/guard/send-texts.ts';
import type { Decision, RequestOutcome, RequestView, ScopeView } from '../../contract/request.ts';
import { appError, type AppError } from '../../contract/result.ts';
import { answerErrorTexts } from '../../contract/strings.ts';
import type { IncomingRequest } from './incoming.ts';

export interface SubmitInput {
  readonly key: string;
  /** The revision the owner looked at. */
  readonly revision: number;
  readonly decision: Decision;
  /** The owner has confirmed the elevation the view asks for. */
  readonly elevate: boolean;
  /** Stopped messages only; without it, approve means `once` and deny `deny`. */
  readonly answer?: SendAnswer;
}

interface SubmissionBase {
  readonly key: string;
  /** The gateway's request id. */
  readonly id: string;
  /** The revision the owner decided on. */
  readonly revision: number;
  readonly decision: Decision;
  /** Unique per submission: a late answer never counts for another one. */
  readonly attempt: number;
  /** Not empty: send over an elevated connection that holds these. */
  readonly elevation: readonly ScopeView[];
}

export type Submission =
  | (SubmissionBase & {
      readonly kind: 'chat';
      /** Raw values for the call. */
      readonly channel: string;
      readonly accountId: string;
      readonly notifySupported: boolean;
    })
  | (SubmissionBase & { readonly kind: 'device' | 'node' })
  | (SubmissionBase & {
      readonly kind: 'send';
      readonly answer: SendAnswer;
      /** Stands for the message on the card; null: an older plugin does not tell. */
      readonly shown: string | null;
      /** The rule that stopped it. */
      readonly rule: string;
      /** About the limit of a minute and no single message. */
      readonly surplus: boolean;
    });

/** What became of a submission. */
export type Answer =
  | {
      readonly type: 'accepted';
      /** The answer itself is the confirmation: chat contacts, for whom there is no event. */
      readonly authoritative: boolean;
      /** E.g. the contact could not be told. */
      readonly note: string | null;
    }
  /** The gateway said no and the request is still there. */
  | { readonly type: 'refused'; readonly note: string }
  /**
   * The message was let out. A list read since then tells whether it left at once, or is still under way (then its
   * sender has to try again, or somebody else delivers it).
   */
  | { readonly type: 'let-out'; readonly by: RequestOutcome['by']; readonly note: string | null }
  /** Somebody else's answer counted before ours. */
  | { readonly type: 'decided'; readonly decision: 'approved' | 'denied' }
  /** The gateway does not know the request (any more). */
  | { readonly type: 'gone' }
  /** No answer in time, or one that cannot be understood: it may or may not have counted. */
  | { readonly type: 'unknown' }
  | { readonly type: 'connection-lost' };

export function submissionOf(
  request: IncomingRequest,
  { revision, decision, answer }: SubmitInput,
  { attempt, elevation }: Pick<SubmissionBase, 'attempt' | 'elevation'>,
): Submission {
  const base = { key: request.key, id: request.id, revision, decision, attempt, elevation };
  switch (request.kind) {
    case 'chat': {
      const { kind, channel, account, notifySupported } = request;
      return { ...base, kind, channel, accountId: account, notifySupported };
    }
    case 'device':
    case 'node':
      return { ...base, kind: request.kind };
    case 'send':
      return {
        ...base,
        kind: request.kind,
        answer: answer ?? plainAnswer(decision),
        shown: request.send.shown ?? null,
        rule: request.send.rule,
        surplus: isSurplus(request.send),
      };
  }
}

/** What Approve and Deny mean for a stopped message. */
function plainAnswer(decision: Decision): SendAnswer {
  return decision === 'approve' ? 'once' : 'deny';
}

/** Why this answer may not be sent, or null when it may. Everything that is not clearly allowed is refused. */
export function refusalOf(
  input: SubmitInput,
  view: RequestView | null,
  state: { readonly now: number; readonly connected: boolean },
): AppError | null {
  if (view === null || (view.expiresAt !== null && view.expiresAt <= state.now)) {
    return appError('request-gone', answerErrorTexts.gone);
  }
  if (!state.connected) return appError('not-connected', answerErrorTexts.notConnected, true);
  if (view.status !== 'pending') return appError('already-submitting', answerErrorTexts.submitting);
  if (view.revision !== input.revision) return appError('request-changed', answerErrorTexts.changed, true);
  const impossible = impossibleAnswer(input, view);
  if (impossible !== null) return impossible;
  if (input.decision === 'deny') return null;
  if (state.now < view.armedAt) return appError('not-armed', answerErrorTexts.notArmed, true);
  if (view.elevation.length > 0 && !input.elevate) {
    return appError('elevation-needed', answerErrorTexts.elevationNeeded, true);
  }
  return null;
}

/** An answer only counts where it was offered, and never as its opposite. */
function impossibleAnswer({ decision, answer }: SubmitInput, view: RequestView): AppError | null {
  if (view.kind !== 'send') {
    return answer === undefined ? null : appError('bad-input', sendErrorTexts.notASend);
  }
  const meant = answer ?? plainAnswer(decision);
  const fits = letsOut(meant) === (decision === 'approve') && view.answers.includes(meant);
  return fits ? null : appError('request-changed', sendErrorTexts.notOffered, true);
}
