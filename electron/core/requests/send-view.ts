/** A stopped message as the owner sees it: made safe, bounded, with what is worth a warning and what can be answered. */
import { normaliseAddress } from '../../contract/guard/address.ts';
import { canBeSentAgain, isSurplus } from '../../contract/guard/blocked-send.ts';
import {
  letsOut,
  sendAnswers,
  sendWarnings,
  type SendAnswer,
  type SendWarning,
} from '../../contract/guard/send-answer.ts';
import { findSecrets } from '../../contract/guard/content/find-secrets.ts';
import { secretKinds, type SecretKind } from '../../contract/guard/content/secret-kinds.ts';
import { secretsIn } from '../../contract/guard/content/secrets-in.ts';
import type { Span } from '../../contract/guard/content/span.ts';
import { channelName } from '../../contract/guard/channel-names.ts';
import { sendNoteTexts } from '../../contract/guard/send-texts.ts';
import {
  isOpen,
  type SendRecipient,
  type SendRequestView,
  type SurplusView,
  type WholeText,
} from '../../contract/request.ts';
import { displayLines, displayText, isPlainlyShown, optionalText } from './display-text.ts';
import { displayNames } from './incoming.ts';
import type { StateKey } from './incoming-base.ts';
import type { IncomingSend } from './incoming-send.ts';
import type { SendWire } from './send-wire.ts';

/** What the guard lets out at all right now. */
/** `old-plugin`: it would take an answer for whatever stands there by now, so it gets none. */
export type SendGate = 'open' | 'paused' | 'rules-unreadable' | 'old-plugin';

/** Characters shown; a longer original is cut and marked. */
const length = { text: 2_000, address: 120, fact: 60, cause: 120 } as const;

export function sendView(
  request: IncomingSend,
  state: Pick<SendRequestView, StateKey>,
  gate: SendGate,
): SendRequestView {
  const { key, who, requestedAt, expiresAt, send, heldUntil, inBurst } = request;
  const channelLabel = displayText(channelName(send.channel), length.fact);
  const accountId = optionalText(send.account ?? undefined, length.fact);
  const recipients = send.targets.map(recipient);
  const action = displayText(send.action, length.fact);
  const text = displayLines(send.text, length.text);
  const media = displayNames(send.media);
  const decisive = [who, channelLabel, accountId, action, text, ...media, ...recipients.flatMap(shownOf)];
  const secrets = secretsOf(send);
  const answers = isOpen(state) ? possibleAnswers(send, gate) : [];
  const underWay = isOpen(state) && send.state === 'allowed';
  return {
    ...state,
    kind: 'send',
    key,
    who,
    requestedAt,
    expiresAt,
    status: underWay && state.status === 'pending' ? 'submitting' : state.status,
    note: underWay
      ? sendNoteTexts.underWay
      : (state.note ?? noteOf(send, answers, isOpen(state) ? gate : 'open')),
    fullyShown: !isSurplus(send) && send.textComplete && decisive.every(isPlainlyShown),
    channel: send.channel,
    channelLabel,
    accountId,
    recipients: recipients.length > 0 ? recipients : [{ to: who, understood: null, people: [] }],
    action,
    isText: send.action === 'text',
    text,
    textLength: send.text.length,
    textComplete: send.textComplete,
    media,
    secrets,
    marks: marksIn(text.text, secrets),
    files: (send.files ?? []).map(({ name, bytes, sha256 }) => ({
      name: displayText(name, length.address),
      bytes,
      sha256,
    })),
    cause: {
      agent: optionalText(send.cause.agentId ?? undefined, length.fact),
      session: optionalText(send.cause.sessionKey ?? undefined, length.cause),
      process: optionalText(send.cause.process ?? undefined, length.cause),
    },
    layer: send.layer,
    heldUntil,
    attempts: send.attempts,
    rule: send.rule,
    warnings: isSurplus(send) ? [] : warningsOf(send, inBurst, secrets),
    surplus: surplusOf(send),
    answers,
  };
}

/** @param send as it came */
export function wholeText(send: SendWire): WholeText {
  const { text, altered } = displayLines(send.text, Infinity);
  return { text, altered, marks: marksIn(text, secretsOf(send)) };
}

/** @param text as it is shown, so that the window has nothing to look for */
function marksIn(text: string, secrets: readonly SecretKind[]): readonly Span[] {
  return findSecrets(text, secrets).map(({ start, end }) => ({ start, end }));
}

function recipient({ to, key, people }: SendWire['targets'][number]): SendRecipient {
  return {
    to: displayText(to, length.address),
    understood: key === null ? null : displayText(key, length.address),
    people: displayNames(people),
  };
}

function shownOf({ to, understood, people }: SendRecipient) {
  return [to, understood, ...people];
}

function surplusOf(send: SendWire): SurplusView | null {
  if (!isSurplus(send)) return null;
  const { limit, messages } = send.surplus;
  return {
    limit,
    messages: messages.map(({ to, text, textComplete }) => {
      const shown = displayLines(text, length.text);
      return {
        to: displayText(to, length.address),
        text: { ...shown, truncated: shown.truncated || !textComplete },
      };
    }),
  };
}

function possibleAnswers(send: SendWire, gate: SendGate): readonly SendAnswer[] {
  const { state, targets, textComplete } = send;
  if (state === 'allowed' || gate === 'old-plugin') return [];
  if (isSurplus(send)) return gate === 'open' ? ['hour', 'deny'] : ['deny'];
  // A text that was not kept whole cannot be read whole, so nobody can decide on it.
  const mayLeave = gate === 'open' && textComplete && targets.length > 0;
  // Rules need an address that was understood, for every recipient.
  const nameable = targets.length > 0 && targets.every(({ key }) => key !== null);
  return sendAnswers.filter((answer) => {
    if (letsOut(answer) && !mayLeave) return false;
    if (answer === 'once') return state === 'held' || targets.length === 1;
    // What is in it is asked about each time, or not any more.
    if (answer === 'hour' && send.rule === 'secret') return false;
    if (answer === 'never') return nameable && gate !== 'rules-unreadable';
    return answer === 'deny' || nameable;
  });
}

function noteOf(send: SendWire, answers: readonly SendAnswer[], gate: SendGate): string | null {
  if (gate === 'old-plugin') return sendNoteTexts.oldPlugin;
  if (isSurplus(send)) return null;
  if (!send.textComplete) return sendNoteTexts.tooLong;
  const nextTry = send.state === 'refused' && !canBeSentAgain(send) && answers.some(letsOut);
  return nextTry ? sendNoteTexts.nextTry : null;
}

/** What the guard found, and what is certain: an older guard does not look. */
function secretsOf({ text, media, secrets = [] }: SendWire): readonly SecretKind[] {
  const content = { texts: [text], fileNames: media };
  const found = new Set([...secrets, ...secretsIn({ status: 'absent', installed: false }, content)]);
  return secretKinds.filter((kind) => found.has(kind));
}

function warningsOf(
  send: SendWire,
  inBurst: boolean,
  secrets: readonly SecretKind[],
): readonly SendWarning[] {
  const wrongShape = send.targets.some((target) => isWrongShape(send.channel, target));
  const found: Readonly<Record<SendWarning, boolean>> = {
    secret: secrets.length > 0,
    'first-contact': send.contacted === false,
    'wrong-shape': wrongShape,
    // The more telling one of the two is enough.
    'not-understood': !wrongShape && send.targets.some(({ key }) => key === null),
    'several-recipients': send.targets.length > 1,
    burst: inBurst,
  };
  return sendWarnings.filter((warning) => found[warning]);
}

/** Only iMessage says what an address of a person looks like; elsewhere ids are opaque. */
function isWrongShape(channel: string, { to, key }: SendWire['targets'][number]): boolean {
  if (channel !== 'imessage') return false;
  const address = normaliseAddress(key ?? to, { channel, region: null });
  if (!address.ok) return key === null && wrongShapes.has(address.error);
  return key !== null && !personal.has(address.value.kind);
}

const personal: ReadonlySet<string> = new Set(['phone', 'short-code', 'email', 'chat', 'group']);
/** Other texts that are not understood may well be somebody: a name, a number without its country. */
const wrongShapes: ReadonlySet<string> = new Set(['foreign-id', 'wrong-shape']);
