/** Sentences about a stopped message that only its card needs. */
import type { SendAnswer, SendWarning } from '../../../electron/contract/guard/send-answer.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import type { Obstacle } from './send-obstacles.ts';

export const answerLabels: Readonly<Record<SendAnswer, string>> = {
  deny: 'Deny',
  once: 'Send once',
  hour: 'Allow for 1 hour',
  always: 'Always allow',
  never: 'Never',
};

/** What an answer does, around the recipient's name. */
export const answerMeans: Readonly<
  Record<'hour' | 'always' | 'never', readonly [before: string, after: string]>
> = {
  hour: ['Sends this, and for one hour anything else to ', ', without asking.'],
  always: ['Sends this, and from now on anything to ', ', without asking.'],
  never: ['Nothing goes to ', ' any more, and you are not asked again.'],
};

export const warningTexts: Readonly<Record<SendWarning, { readonly title: string; readonly text: string }>> =
  {
    'first-contact': {
      title: 'First contact.',
      text: 'Nothing was ever sent to this recipient or received from them here.',
    },
    'wrong-shape': {
      title: 'This is not an address people have on this channel.',
      text: 'It may be made up, or belong to a stranger.',
    },
    burst: {
      title: 'Many messages were stopped in a short time.',
      text: 'Pause all sends if this is not what you expect.',
    },
    'several-recipients': {
      title: 'This goes to several recipients.',
      text: 'All of them are listed below.',
    },
    'not-understood': {
      title: 'This address could not be understood.',
      text: 'Compare it letter by letter.',
    },
  };

export const obstacleTexts: Readonly<Record<Obstacle, string>> = {
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
