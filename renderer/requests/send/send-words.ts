/** Sentences about a stopped message that only its card needs. */
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

export const obstacleTexts: Readonly<Record<Obstacle, string>> = {
  'old-plugin': 'The send guard in the gateway is older than Portcullis. Update it before you answer this.',
  paused: 'All sends are paused. Resume them before you send this.',
  'rules-unreadable': 'The send rules cannot be read, so this cannot be sent from here. Restore them first.',
  'text-incomplete': 'This message was too long to be kept whole, so it cannot be sent from here.',
  'not-possible': 'A message of this kind cannot be sent from here once it was stopped.',
  'text-hidden': 'To send this, show the whole text first.',
  'cut-off': 'A recipient or file name is too long to be shown in full, so this cannot be sent from here.',
};

/** The rule that stopped it, in words; rules this window does not know are shown as they are named. */
const ruleTexts: Readonly<Record<string, string>> = {
  'policy-unreadable': 'The send rules could not be read',
  paused: 'All sends were paused',
  blocked: 'You blocked this person',
  denied: 'Your rules say: never',
  unlisted: 'Nobody has allowed this recipient',
  address: 'The address could not be understood',
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
export function waitTexts(view: Pick<SendRequestView, 'cause' | 'answers'>) {
  const sender = view.cause.agent === null ? 'The sender' : 'The agent';
  return {
    waiting: (left: string): string => `${sender} is waiting, ${left} left`,
    endingNow: `${sender} stops waiting now`,
    refused: view.answers.includes('once') ? 'It was not sent. You can still send it.' : 'It was not sent.',
  };
}

const counts = new Intl.NumberFormat('en');

export function characters(count: number): string {
  return count === 1 ? '1 character' : `${counts.format(count)} characters`;
}
