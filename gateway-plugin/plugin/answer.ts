/** The owner's answer to one stopped send. The first answer counts; a later one learns what that was. */
import { canBeSentAgain } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend, GuardEvent } from '../../electron/contract/guard/blocked-send.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { isClaimed } from '../store/claims.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { findSpooled, removeSpooled, writeSpooled } from '../store/spool.ts';
import { asRefused } from './holds.ts';
import type { HoldParts } from './holds.ts';
import { rememberAnswer } from './shared-state.ts';

export type OwnerDecision = 'send-once' | 'deny';

/** How long the app has to carry out a "send once" before the message counts as refused again. */
export const oneTimeLifeMs = 5 * 60_000;

export interface AnswerOutcome {
  readonly id: string;
  /** False: somebody was faster, or it ended by itself; `state` is how. */
  readonly applied: boolean;
  readonly state: GuardEvent['state'];
  /**
   * Parameters for the gateway's `send` that deliver a refused message now. Null when the waiting sender goes on by
   * itself, or when it cannot be repeated exactly (files, polls): then its next try passes once.
   */
  readonly send: {
    readonly channel: string;
    readonly accountId: string;
    readonly to: string;
    readonly message: string;
    readonly idempotencyKey: string;
  } | null;
}

export type AnswerFailure = 'unknown' | 'policy-unreadable' | 'busy';

export function answerSend(
  parts: HoldParts,
  id: string,
  decision: OwnerDecision,
): Result<AnswerOutcome, AnswerFailure> {
  const end = parts.state.holds.get(id);
  if (end !== undefined) {
    end(decision === 'send-once' ? 'allow' : 'deny');
    return ok({ id, applied: true, state: decision === 'send-once' ? 'allowed' : 'denied', send: null });
  }
  const stored = findSpooled(parts.files, id);
  if (stored === null) {
    const before = parts.state.answered.get(id);
    return before === undefined ? fail('unknown') : ok({ id, applied: false, state: before, send: null });
  }
  const current = asSeen(parts, stored);
  if (decision === 'deny') return deny(parts, current);
  return current.state === 'allowed'
    ? ok({ id, applied: false, state: 'allowed', send: null })
    : allowOnce(parts, current);
}

/** As it is now: a hold whose gateway is gone and a "send once" nobody carried out are refused sends. */
export function asSeen({ state, now }: HoldParts, send: BlockedSend): BlockedSend {
  if (send.state === 'held' && send.holder !== state.holder) return asRefused(send);
  if (send.state === 'allowed' && (send.until ?? 0) <= now()) return asRefused(send);
  return send;
}

function deny(parts: HoldParts, send: BlockedSend): Result<AnswerOutcome, AnswerFailure> {
  if (send.state === 'allowed') return ok({ id: send.id, applied: false, state: 'allowed', send: null });
  removeSpooled(parts.files, send.id);
  rememberAnswer(parts.state, send.id, 'denied');
  parts.state.emit?.('settled', { id: send.id, state: 'denied' });
  return ok({ id: send.id, applied: true, state: 'denied', send: null });
}

function allowOnce(parts: HoldParts, send: BlockedSend): Result<AnswerOutcome, AnswerFailure> {
  const { files, state, now } = parts;
  if (isClaimed(files, send.id)) return fail('unknown');
  const policy = readPolicyState(files);
  if (policy.status === 'unreadable') return fail('policy-unreadable');
  const revision = policy.status === 'ready' ? policy.policy.revision : 0;
  const until = now() + oneTimeLifeMs;
  const updated = updatePolicy(files, revision, (before) => withAllowance(before, send, until, now()), now());
  if (!updated.ok) return fail(updated.error.reason === 'unreadable' ? 'policy-unreadable' : 'busy');
  writeSpooled(files, { ...send, state: 'allowed', until, holder: null });
  state.emit?.('settled', { id: send.id, state: 'allowed' });
  const target = send.targets[0];
  const repeat =
    canBeSentAgain(send) && target !== undefined
      ? {
          channel: send.channel,
          accountId: send.account ?? 'default',
          to: target.to,
          message: send.text,
          idempotencyKey: `portcullis-${send.id}`,
        }
      : null;
  return ok({ id: send.id, applied: true, state: 'allowed', send: repeat });
}

function withAllowance(policy: Policy, send: BlockedSend, expiresAt: number, now: number): Policy {
  const target = send.targets[0];
  const allowance = {
    id: send.id,
    channel: send.channel,
    account: send.account ?? 'default',
    to: target?.key ?? target?.to ?? '',
    textSha256: send.textSha256,
    media: send.media.length > 0,
    expiresAt,
  };
  const others = policy.oneTime.filter((entry) => entry.expiresAt > now && entry.id !== send.id);
  return { ...policy, oneTime: [...others, allowance] };
}
