/** Sentences about a stopped message that only its card needs. */
import type { SecretKind } from '../../../electron/contract/guard/content/secret-kinds.ts';
import { surplusRule } from '../../../electron/contract/guard/send-limit.ts';
import { secretKindTexts } from '../../../electron/contract/guard/send-texts.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import type { Obstacle } from './send-obstacles.ts';

/** What an answer does, around the recipient's name. */
export const answerMeans: Readonly<
  Record<'hour' | 'always' | 'never', readonly [before: string, after: string]>
> = {
  hour: ['Sends this, and for one hour anything else to ', ', without asking.'],
  always: ['Sends this, and from now on anything to ', ', without asking.'],
  never: ['Nothing goes to ', ' any more, and you are not asked again.'],
};

/** What `always` does for a message that was only stopped for what it carries. */
export function alwaysWithSecret(kinds: readonly SecretKind[]): readonly [before: string, after: string] {
  return [`Sends this, and from now on ${secretWords(kinds)} to `, ' is not asked about.'];
}

export function secretWords(kinds: readonly SecretKind[]): string {
  return kinds.map((kind) => secretKindTexts[kind]).join(' or ');
}

export const obstacleTexts: Readonly<Record<Obstacle, string>> = {
  'old-plugin': 'The send guard in the gateway is older than Portcullis. Update it before you answer this.',
  paused: 'All sends are paused. Resume them before you send this.',
  'rules-unreadable': 'The send rules cannot be read, so this cannot be sent from here. Restore them first.',
  'text-incomplete': 'This message was too long to be kept whole, so it cannot be sent from here.',
  'not-possible': 'A message of this kind cannot be sent from here once it was stopped.',
  'text-hidden': 'To send this, show the whole text first.',
  'cut-off': 'A recipient or file name is too long to be shown in full, so this cannot be sent from here.',
};

/** What either answer to messages over the limit does. */
export const surplusMeans =
  'Let the rest go: those that still wait leave now, and for an hour your limit does not count. Deny: they stay stopped, and you are not asked again for ten minutes.';
export const surplusTextHidden = 'To let the rest go, look at the last messages first.';

/** The rule that stopped it, in words; rules this window does not know are shown as they are named. */
const ruleTexts: Readonly<Record<string, string>> = {
  'policy-unreadable': 'The send rules could not be read',
  paused: 'All sends were paused',
  blocked: 'You blocked this person',
  denied: 'Your rules say: never',
  unlisted: 'Nobody has allowed this recipient',
  address: 'The address could not be understood',
  [surplusRule]: 'More than your limit of a minute',
  secret: 'It carries a secret',
};

export function ruleText(rule: string): string {
  return ruleTexts[rule] ?? rule;
}

export const layerTexts: Readonly<Record<SendRequestView['layer'], string>> = {
  'gateway-plugin': 'inside the gateway',
  'imsg-guard': 'on its way to imsg',
  command: 'in the openclaw command',
};

/** Somebody waits for the answer, or nobody does any more. */
export function waitTexts(view: Pick<SendRequestView, 'cause' | 'answers' | 'surplus'>) {
  const sender = view.cause.agent === null ? 'The sender' : 'The agent';
  return {
    waiting: (left: string): string => `${sender} is waiting, ${left} left`,
    endingNow: `${sender} stops waiting now`,
    refused: refusedText(view),
  };
}

function refusedText({ answers, surplus }: Pick<SendRequestView, 'answers' | 'surplus'>): string {
  if (surplus !== null)
    return 'They were not sent. Let the rest go, and they leave when they are tried again.';
  return answers.includes('once') ? 'It was not sent. You can still send it.' : 'It was not sent.';
}

export function recipientsLabel(count: number, isSurplus: boolean): string {
  const recipients = count === 1 ? '1 recipient' : `${String(count)} recipients`;
  return isSurplus ? `They were for ${recipients}` : `Goes to ${recipients}`;
}

const counts = new Intl.NumberFormat('en');

export function characters(count: number): string {
  return count === 1 ? '1 character' : `${counts.format(count)} characters`;
}
