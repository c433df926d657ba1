/**
 * Carries the owner's answer to a stopped message out: the guard makes the rule and takes the answer in one step, and
 * a message that was refused already is then sent by the gateway. What could not be delivered is taken back, so that
 * nothing stays allowed that the owner believes stopped.
 */
import {
  secretRuleNote,
  sendErrorTexts,
  sendNoteTexts,
  sendRuleNotes,
  surplusTexts,
} from '../../contract/guard/send-texts.ts';
import { changedSinceShown } from '../../contract/guard/guard-wire.ts';
import { letsOut, type SendAnswer } from '../../contract/guard/send-answer.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { z } from 'zod';
import type { Call } from '../gateway/calls.ts';
import type { GatewayFailure } from '../ports.ts';
import { notConfirmed, refused, rejected, withoutAnswer, type Reply } from './answer-reply.ts';
import { sendResolvedWire } from './send-wire.ts';
import type { Submission } from './submission.ts';

export type SendSubmission = Extract<Submission, { kind: 'send' }>;
type Resolved = z.infer<typeof sendResolvedWire>;

/** Delivering goes through the channel: imsg alone may take several seconds. */
const deliveryDeadlineMs = 30_000;

const decisions: Readonly<Record<SendAnswer, string>> = {
  once: 'send-once',
  hour: 'allow-hour',
  always: 'allow-always',
  deny: 'deny',
  never: 'never',
};

export async function carryOutSend(
  { id, answer, shown, rule, surplus }: SendSubmission,
  request: Call,
): Promise<Reply> {
  const resolved = await resolve(request, {
    id,
    decision: decisions[answer],
    ...(shown === null ? {} : { shown }),
  });
  if (!resolved.ok) return resolved.error;
  const { applied, send } = resolved.value;
  if (!applied) return othersAnswered(resolved.value);
  if (surplus) return accepted(letsOut(answer) ? surplusTexts.notes.hour : surplusTexts.notes.deny);
  const note = answer === 'always' && rule === 'secret' ? secretRuleNote : sendRuleNotes[answer];
  if (!letsOut(answer)) return accepted(note);
  if (send === null) return { answer: { type: 'let-out', by: 'us', note }, error: null };
  const sent = await request('send', send, deliveryDeadlineMs);
  if (sent.ok) return accepted([sendNoteTexts.delivered, ...(note === null ? [] : [note])].join(' '));
  return withoutAnswer(sent.error) ?? takeBack(request, id, note);
}

/** The gateway said clearly that it did not deliver: back to refused, so that the owner can answer again. */
async function takeBack(request: Call, id: string, ruleNote: string | null): Promise<Reply> {
  const taken = await resolve(request, { id, decision: 'take-back' });
  if (!taken.ok && taken.error.answer.type !== 'refused') return taken.error;
  if (taken.ok && taken.value.state === 'sent') return accepted(sendNoteTexts.delivered);
  // Its delivery has begun elsewhere after all: the guard will tell how that ended.
  if (taken.ok && taken.value.state === 'allowed') return notConfirmed;
  const text = ruleNote === null ? sendNoteTexts.notDelivered : sendNoteTexts.notDeliveredRuleStays;
  return refused(appError('not-delivered', text, true));
}

async function resolve(
  request: Call,
  params: { readonly id: string; readonly decision: string; readonly shown?: string },
): Promise<Result<Resolved, Reply>> {
  const answer = await request('portcullis-guard.resolve', params);
  if (!answer.ok) return fail(guardRefusal(answer.error));
  const resolved = sendResolvedWire.safeParse(answer.value);
  return resolved.success ? ok(resolved.data) : fail(notConfirmed);
}

/** The guard's reasons come as codes beside its own words. */
function guardRefusal(failure: GatewayFailure): Reply {
  if (failure.code === changedSinceShown) return changed;
  switch (failure.detail) {
    case 'paused':
      return refused(appError('gateway-refused', sendNoteTexts.paused, true));
    case 'policy-unreadable':
      return refused(appError('rules-unreadable', sendNoteTexts.rulesUnreadable));
    case 'busy':
      return refused(appError('gateway-refused', sendNoteTexts.rulesBusy, true));
    case changedSinceShown:
      return changed;
    case 'file-unread':
      return refused(appError('gateway-refused', sendNoteTexts.fileUnread));
    case 'denied':
      return refused(appError('gateway-refused', sendNoteTexts.denied));
    case 'not-repeatable':
    case 'not-understood':
      return refused(appError('gateway-refused', sendErrorTexts.notOffered));
    default:
      return rejected(failure);
  }
}

const changed = refused(appError('request-changed', sendErrorTexts.changed, true));

function othersAnswered({ state }: Resolved): Reply {
  switch (state) {
    case 'sent':
      return { answer: { type: 'decided', decision: 'approved' }, error: null };
    case 'denied':
      return { answer: { type: 'decided', decision: 'denied' }, error: null };
    case 'allowed':
      return { answer: { type: 'let-out', by: 'elsewhere', note: null }, error: null };
    case 'held':
    case 'refused':
      return notConfirmed;
  }
}

function accepted(note: string | null): Reply {
  return { answer: { type: 'accepted', authoritative: true, note }, error: null };
}
