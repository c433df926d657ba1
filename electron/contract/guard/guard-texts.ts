/** Sentences about the send guard and its rules. Nothing here holds text that came from outside. */
import type { AddressProblem } from './address-types.ts';
import type { GuardSetupAction, GuardSetupInput } from './guard-view.ts';

/** Why an address cannot be used in a rule, and what to write instead. */
export const addressProblemTexts: Readonly<Record<AddressProblem, string>> = {
  empty: 'Enter a phone number, an e-mail address or a conversation.',
  'too-long': 'This is too long for an address.',
  'hidden-characters': 'There are invisible characters in it. Type it by hand instead of pasting.',
  'look-alike': 'Some characters only look like the usual ones. Type it by hand instead of pasting.',
  'foreign-id': 'This is an id of another app, not a phone number.',
  'wrong-shape': 'This is not a possible phone number. Include the country code, e.g. +43 664 1234567.',
  national: 'The country code is missing. Write it with a plus, e.g. +43 664 1234567.',
  ambiguous:
    'This could be a short number or a telephone number. Write the country code, e.g. +43 664 1234567.',
  extension: 'A message cannot reach an extension. Leave it out.',
  name: 'This is a name. Enter the phone number or e-mail address.',
  'not-understood': 'This address is not understood. Enter a phone number or an e-mail address.',
};

export const guardErrorTexts = {
  notConnected: 'Not connected to the gateway. Nothing was changed; try again when connected.',
  notInstalled: 'The send guard is not installed in the gateway. Install it on the Guard page first.',
  noAnswer: 'The gateway did not answer in time. Try again.',
  saveUnknown: 'The gateway did not say whether the change was saved. Look at the rules, then try again.',
  refused: 'The gateway refused this. Nothing was changed; try again.',
  rulesChanged: 'The rules were changed meanwhile. Look at them again, then repeat your change.',
  rulesUnreadable: 'The send rules cannot be read: nothing unlisted leaves. Restore them on the Guard page.',
  rulesInvalid: 'The gateway did not accept these rules. Nothing was changed.',
  nothingToRestore:
    'There is no earlier version of the rules to go back to. Correct the rules file by hand on the gateway.',
  resumeLocked: 'The screen is locked. Unlock it, then resume sends.',
  changeLocked: 'The screen is locked. Unlock it, then change the guard.',
} as const;

export const guardNoticeTexts = {
  unreadable: guardErrorTexts.rulesUnreadable,
  gone: 'The send guard is no longer in the gateway: messages leave without being checked. Set it up again on the Guard page.',
  changedOutside: ({ added, removed }: { readonly added: number; readonly removed: number }): string =>
    `Rules were changed outside Portcullis: ${String(added)} added, ${String(removed)} removed.`,
  strictGone:
    'Strict mode no longer stands in front of imsg: messages the plugin cannot see leave without being checked. Set it up again on the Guard page.',
} as const;

/** What `failed` says about a set-up; the sentence ends with what is there now. */
export const setupErrorTexts = {
  busy: 'Another change of the guard is under way. Wait until it is done.',
  stalePlan: 'This preview is out of date. Look at the changes again, then apply.',
  notTakenOver: 'The gateway did not take the change over in time. Everything was put back as it was.',
  notStopped:
    'The self-test message was not stopped, so the guard does not protect here. Everything was put back as it was.',
  unexpected: 'Something unexpected happened; details are in the log.',
  notUndone: (problem: string): string => `It could not be put back: ${problem}`,
} as const;

const headless = 'start Portcullis there with: npm start -- --headless';

const remotePlugin: Readonly<Record<GuardSetupAction, string>> = {
  install: `copy Portcullis there and run in its folder: openclaw plugins install --link dist/gateway-plugin, or ${headless}`,
  update: `update Portcullis there and run: openclaw plugins reload portcullis-guard, or ${headless}`,
  remove: `run there: openclaw plugins uninstall portcullis-guard, or ${headless}`,
};

/** The guard is set up on the gateway's own machine only; what to do there. */
export function remoteSetupText(input: GuardSetupInput): string {
  const todo = input.part === 'plugin' ? remotePlugin[input.action] : headless;
  return `This gateway runs on another machine. To change the guard, ${todo}.`;
}
