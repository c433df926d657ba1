/**
 * The owner's answer to one stopped send. The first answer counts; a later one learns what that was. Everything here
 * is synchronous, and what the answer changes in the rules is written before the message is let go or dropped.
 */
import { canBeSentAgain, isSurplus } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend, GuardEvent } from '../../electron/contract/guard/blocked-send.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import { changedSinceShown } from '../../electron/contract/guard/guard-wire.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { OneTimeAllowance, Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState } from '../../electron/contract/guard/send.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { dropDoneClaims, newAllowanceId, takeBack, wasCarriedOut } from '../store/claims.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { writeSpooled } from '../store/spool.ts';
import { allowancesFor, asSend, withAllowance, withAnsweredRules } from './answer-rules.ts';
import type { OwnerDecision } from './answer-rules.ts';
import { changeRules } from './change-rules.ts';
import { findStopped, forget, tellBlocked } from './holds.ts';
import type { HoldParts } from './holds.ts';
import { asRefused, asSeen, shownHash } from './shown.ts';
import { rememberAnswer } from './shared-state.ts';
import { endSurplus } from './surplus.ts';

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

export type AnswerFailure =
  /** There is no such stopped send (any more). */
  | 'unknown'
  | 'policy-unreadable'
  /** Somebody is changing the rules at this moment. */
  | 'busy'
  /** All sends are paused: nothing is let out. */
  | 'paused'
  /** A deny rule or a block names a recipient; that has to go first. */
  | 'denied'
  /** Goes to several recipients, so it can only be let out while it waits, or by a rule for all of them. */
  | 'not-repeatable'
  /** It is not the message any more that the owner was shown. */
  | typeof changedSinceShown
  /** A file of it is elsewhere, too large or not there: what would leave is not known. */
  | 'file-unread'
  /** A rule was asked for, but a recipient is no address anybody could write a rule for. */
  | 'not-understood';
type Answered = Result<AnswerOutcome, AnswerFailure>;

/**
 * @param shown hash of what the owner was shown; null: an app that does not tell. Such an answer lets nothing out that
 *   could be another message than the one on its card: one that was tried again, or one with files.
 */
export function answerSend(
  parts: HoldParts,
  id: string,
  decision: OwnerDecision | 'take-back',
  shown: string | null,
): Answered {
  const ended = parts.state.answered.get(id);
  if (ended !== undefined) return ok(late(id, ended));
  const stored = findStopped(parts, id);
  if (stored === null) return wasCarriedOut(parts.files, id) ? ok(late(id, 'sent')) : fail('unknown');
  const send = asSeen(parts, stored);
  if (decision === 'take-back') return takeAnswerBack(parts, send);
  if (send.state === 'allowed') return ok(late(id, 'allowed'));
  if (!isAsShown(send, decision, shown)) return fail(changedSinceShown);
  if (isSurplus(send)) return answerSurplus(parts, send, decision);
  return decision === 'deny' || decision === 'never'
    ? keepIn(parts, send, decision)
    : letOut(parts, send, decision);
}

/** About the limit and nobody in particular: for an hour it does not count, or what is beyond it stays stopped. */
function answerSurplus(parts: HoldParts, send: BlockedSend, decision: OwnerDecision): Answered {
  const letsGo = decision === 'allow-hour';
  if (!letsGo && decision !== 'deny') return fail('not-understood');
  if (letsGo) {
    const policy = readPolicyState(parts.files);
    if (policy.status === 'unreadable') return fail('policy-unreadable');
    if (policy.status === 'ready' && policy.policy.paused) return fail('paused');
  }
  const state = letsGo ? 'sent' : 'denied';
  forget(parts, send.id);
  rememberAnswer(parts.state, send.id, state);
  parts.state.emit?.('settled', { id: send.id, state });
  endSurplus(parts, send.id, letsGo ? 'allow' : 'deny');
  return ok({ id: send.id, applied: true, state, send: null });
}

function isAsShown(send: BlockedSend, decision: OwnerDecision, shown: string | null): boolean {
  if (shown !== null) return shown === shownHash(send);
  if (decision === 'deny' || decision === 'never') return true;
  return send.attempts === 1 && send.media.length === 0;
}

function keepIn(parts: HoldParts, send: BlockedSend, decision: 'deny' | 'never'): Answered {
  if (decision === 'never') {
    const changed = answerRules(parts, (policy) => withAnsweredRules(policy, send, decision, parts.now()));
    if (!changed.ok) return changed;
  }
  const { state } = parts;
  forget(parts, send.id);
  rememberAnswer(state, send.id, 'denied');
  const end = state.holds.get(send.id);
  if (end !== undefined) end('deny');
  else state.emit?.('settled', { id: send.id, state: 'denied' });
  return ok({ id: send.id, applied: true, state: 'denied', send: null });
}

function letOut(
  parts: HoldParts,
  send: BlockedSend,
  decision: 'send-once' | 'allow-hour' | 'allow-always',
): Answered {
  const { state, files, now } = parts;
  if (decision === 'send-once' && !areFilesKnown(send)) return fail('file-unread');
  const end = state.holds.get(send.id);
  if (end === undefined) return letOutLater(parts, send, decision);
  if (decision === 'send-once') {
    const stop = stopReason(readPolicyState(files), send, now());
    if (stop !== null) return fail(stop);
  } else {
    const changed = answerRules(parts, (policy) => answeredRules(policy, send, decision, now()));
    if (!changed.ok) return changed;
  }
  rememberAnswer(state, send.id, 'allowed');
  end('allow');
  return ok({ id: send.id, applied: true, state: 'allowed', send: null });
}

/** Without the bytes of every file there is nothing an answer could be bound to. */
function areFilesKnown({ media, files }: BlockedSend): boolean {
  return media.length === (files ?? []).filter(({ sha256 }) => sha256 !== null).length;
}

/** Nobody waits for this answer any more: the message may leave once, by whoever sends it next. */
function letOutLater(
  parts: HoldParts,
  send: BlockedSend,
  decision: 'send-once' | 'allow-hour' | 'allow-always',
): Answered {
  const { files, state, now } = parts;
  // A one-time allowance names one recipient: nothing would ever use this one.
  if (decision === 'send-once' && send.targets.length !== 1) return fail('not-repeatable');
  const until = now() + oneTimeLifeMs;
  const allowance = allowanceFor(send, until);
  const changed = answerRules<AnswerFailure | 'carried-out'>(parts, (policy) => {
    if (!voidAllowances(parts, policy, send.id)) return fail('carried-out');
    const ruled = answeredRules(policy, send, decision, now());
    return ruled.ok ? ok(withAllowance(ruled.value, allowance, now())) : ruled;
  });
  if (!changed.ok) {
    return changed.error === 'carried-out' ? ok(alreadySent(parts, send)) : fail(changed.error);
  }
  writeSpooled(files, { ...send, state: 'allowed', until, holder: null });
  dropDoneClaims(files, new Set(changed.value.oneTime.map((entry) => entry.id)), now());
  state.emit?.('settled', { id: send.id, state: 'allowed' });
  const target = send.targets[0];
  const repeat =
    canBeSentAgain(send) && target !== undefined
      ? {
          channel: send.channel,
          accountId: allowance.account,
          to: canonicalTo(target),
          message: send.text,
          // New for every attempt: with an old key the gateway would only repeat its old answer.
          idempotencyKey: `portcullis-${allowance.id}`,
        }
      : null;
  return ok({ id: send.id, applied: true, state: 'allowed', send: repeat });
}

/** The message could not be delivered: unless it was used meanwhile, the allowance is void and the send refused. */
function takeAnswerBack(parts: HoldParts, send: BlockedSend): Answered {
  if (send.state !== 'allowed') return ok(late(send.id, send.state));
  const changed = answerRules<AnswerFailure | 'carried-out'>(parts, (policy) => {
    if (!voidAllowances(parts, policy, send.id)) return fail('carried-out');
    const voided = allowancesFor(policy, send.id);
    return ok({ ...policy, oneTime: policy.oneTime.filter((entry) => !voided.includes(entry)) });
  });
  if (!changed.ok) {
    return changed.error === 'carried-out' ? ok(alreadySent(parts, send)) : fail(changed.error);
  }
  writeSpooled(parts.files, asRefused(send));
  tellBlocked(parts, asRefused(send));
  return ok({ id: send.id, applied: true, state: 'refused', send: null });
}

/** @returns false when one of them was used: then the message is on its way, and nothing may let it out again */
function voidAllowances({ files }: HoldParts, policy: Policy, sendId: string): boolean {
  if (wasCarriedOut(files, sendId)) return false;
  return allowancesFor(policy, sendId).every((allowance) => takeBack(files, allowance.id));
}

function alreadySent(parts: HoldParts, send: BlockedSend): AnswerOutcome {
  forget(parts, send.id);
  rememberAnswer(parts.state, send.id, 'sent');
  return late(send.id, 'sent');
}

function answeredRules(
  policy: Policy,
  send: BlockedSend,
  decision: OwnerDecision,
  now: number,
): Result<Policy, AnswerFailure> {
  const ruled = withAnsweredRules(policy, send, decision, now);
  if (!ruled.ok) return ruled;
  const stop = stopReason({ status: 'ready', policy: ruled.value }, send, now);
  return stop === null ? ruled : fail(stop);
}

/** Rules that no answer to a single message overrides. */
function stopReason(policy: PolicyState, send: BlockedSend, now: number): 'paused' | 'denied' | null {
  const { because } = decide(policy, asSend(send), now);
  if (because.rule === 'paused') return 'paused';
  return because.rule === 'denied' || because.rule === 'blocked' ? 'denied' : null;
}

function answerRules<E>(
  parts: HoldParts,
  change: (policy: Policy) => Result<Policy, E>,
): Result<Policy, E | 'policy-unreadable' | 'busy' | 'not-understood'> {
  const state = readPolicyState(parts.files);
  if (state.status === 'unreadable') return fail('policy-unreadable');
  const before = state.status === 'ready' ? state.policy : emptyPolicy;
  const after = change(before);
  if (!after.ok) return after;
  const updated = changeRules(parts, before.revision, () => after.value);
  if (updated.ok) return updated;
  switch (updated.error.reason) {
    case 'unreadable':
      return fail('policy-unreadable');
    case 'invalid':
      return fail('not-understood');
    case 'conflict':
    case 'locked':
      return fail('busy');
  }
}

function allowanceFor(send: BlockedSend, expiresAt: number): OneTimeAllowance {
  const target = send.targets[0];
  return {
    id: newAllowanceId(send.id),
    channel: send.channel,
    account: send.account ?? 'default',
    to: target?.key ?? target?.to ?? '',
    textSha256: send.textSha256,
    media: send.media.length > 0,
    expiresAt,
  };
}

/** A person is written as everybody on the way reads them; the name of a chat stays as it was. */
function canonicalTo({ to, key }: BlockedSend['targets'][number]): string {
  return key !== null && (key.startsWith('+') || key.includes('@')) ? key : to;
}

function late(id: string, state: GuardEvent['state']): AnswerOutcome {
  return { id, applied: false, state, send: null };
}
