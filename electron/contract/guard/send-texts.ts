/** Sentences about stopped messages that tray, notifications and window share. Nothing here came from outside. */
import type { OutcomeTexts, RequestOutcome } from '../request.ts';
import type { SecretKind } from './content/secret-kinds.ts';
import type { SendAnswer, SendWarning } from './send-answer.ts';
import type { SendLimit } from './send-limit.ts';

export const sendAnswerLabels: Readonly<Record<SendAnswer, string>> = {
  once: 'Send once',
  hour: 'Allow for 1 hour',
  always: 'Always allow',
  deny: 'Deny',
  never: 'Never',
};

export const sendWarningTexts: Readonly<
  Record<SendWarning, { readonly short: string; readonly meaning: string }>
> = {
  secret: {
    short: 'Carries a secret',
    meaning: 'Whoever gets it can use it. Read the text first; what was found is marked.',
  },
  'first-contact': {
    short: 'First contact',
    meaning: 'Nothing was ever sent to this recipient or received from them here.',
  },
  'wrong-shape': {
    short: 'Not an address people have on this channel',
    meaning: 'It may be made up, or belong to a stranger.',
  },
  burst: {
    short: 'Many messages were stopped in a short time',
    meaning: 'Five or more were stopped within a minute. Pause all sends if that is not what you expect.',
  },
  'several-recipients': {
    short: 'Goes to several recipients',
    meaning: 'Your answer counts for all of them.',
  },
  'not-understood': {
    short: 'The address was not understood',
    meaning: 'Portcullis cannot tell whom this would reach. Compare it letter by letter.',
  },
};

/** `approved` says that the guard let it out; the outcome's note says whether it was delivered. */
const outcomeWords: OutcomeTexts = {
  approved: { us: 'Let out', elsewhere: 'Let out elsewhere' },
  denied: { us: 'Not sent', elsewhere: 'Not sent, answered elsewhere' },
  withdrawn: { us: 'Answered', elsewhere: 'No longer waiting' },
};

export function sendOutcomeText(outcome: Pick<RequestOutcome, 'decision' | 'by'>): string {
  return outcomeWords[outcome.decision][outcome.by];
}

/** What else an answer did, beside letting this message out or not. */
export const sendRuleNotes: Readonly<Record<SendAnswer, string | null>> = {
  once: null,
  hour: 'This recipient is allowed for an hour.',
  always: 'This recipient is allowed from now on.',
  deny: null,
  never: 'Nothing goes to this recipient any more.',
};

/** After `always`, where the recipient was allowed before. */
export const secretRuleNote = 'You are not asked about this kind of secret to this recipient any more.';

export const secretKindTexts: Readonly<Record<SecretKind, string>> = {
  'private-key': 'a private key',
  token: 'an access key of a service',
  'card-number': 'a payment card number',
  'seed-phrase': 'the seed phrase of a wallet',
};

/** Remarks on a stopped message. */
export const sendNoteTexts = {
  delivered: 'Delivered.',
  underWay: 'It was let out and is on its way. If it has not left within a few minutes, it waits here again.',
  nextTry: 'Portcullis cannot send this itself. If you let it out, the next identical try passes once.',
  tooLong: 'It is longer than what the guard keeps, so it cannot be let out from here.',
  notDelivered: 'The gateway could not deliver it. You can answer again.',
  notDeliveredRuleStays: 'The gateway could not deliver it. The rule you made stays; you can answer again.',
  paused: 'All sends are paused. Resume them first, then answer.',
  rulesUnreadable: 'The send rules cannot be read, so nothing can be let out. Restore the rules first.',
  denied: 'A rule or a block says that nothing goes to this recipient. Remove it first, on the Rules page.',
  fileUnread:
    'A file of it is elsewhere, too large or not there, so what would leave is not known. It cannot be sent once.',
  oldPlugin:
    'The send guard in the gateway is older than Portcullis. Update it on the Guard page, then answer.',
  rulesBusy: 'The send rules are being changed right now. Answer again in a moment.',
} as const;

/** Why an answer to a stopped message was not taken. */
export const sendErrorTexts = {
  notOffered: 'This answer is not possible for this message now. Look again, then answer.',
  changed: 'This changed since you saw it, and nothing was sent. Look at it again, then answer.',
  notASend: 'Only a stopped message has this answer.',
} as const;

/** Lines in places without layout (notifications, tray). */
export const sendLineTexts = {
  title: (recipient: string): string => `Message to ${recipient} stopped`,
  alsoTo: (count: number): string =>
    count === 1 ? 'and 1 other recipient' : `and ${String(count)} other recipients`,
  asWritten: (to: string): string => `Written as: ${to}`,
  people: 'There',
  by: (agent: string): string => `by ${agent}`,
  text: (text: string): string => `“${text}”`,
  textHidden: 'The text is hidden.',
  textInWindow: 'Open Portcullis to read the text.',
  textEmpty: 'It has no text.',
  action: (action: string): string => `Action: ${action}`,
  files: 'Files',
} as const;

/** About messages beyond the limit of a minute, which are one request. */
export const surplusTexts = {
  who: 'Your assistant',
  doing: 'is sending unusually much',
  letGo: 'Let the rest go for 1 hour',
  count: (count: number, { inAll, toOne }: SendLimit): string => {
    const messages = count === 1 ? '1 message' : `${String(count)} messages`;
    const limit =
      inAll === toOne ? String(inAll) : `${String(inAll)} in all, ${String(toOne)} to one recipient`;
    return `${messages} stopped. Your limit within a minute is ${limit}.`;
  },
  notes: {
    hour: 'For an hour your limit does not count.',
    deny: 'What is over your limit stays stopped, and you are not asked again for ten minutes.',
  },
} as const;

export const pauseTexts = {
  pause: 'Pause all sends',
  resume: 'Resume sends',
  paused: 'All sends are paused',
  rulesUnreadable: 'Send rules cannot be read: nothing unlisted leaves',
  missing: 'The guard is gone: messages leave unchecked',
} as const;
