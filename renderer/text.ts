/** Sentences only the window needs; what it shares with tray and notifications is in the contract's catalogue. */
import { sendOutcomeText, surplusTexts } from '../electron/contract/guard/send-texts.ts';
import type { RequestView } from '../electron/contract/request.ts';
import type { ErrorCode } from '../electron/contract/result.ts';
import type { ConnectionView } from '../electron/contract/snapshot.ts';
import { askTexts, outcomeText, statusTexts } from '../electron/contract/strings.ts';

/** Commands that sentences of the catalogue mention; the window sets them apart so that they are easy to copy. */
export const mentionedCommands: readonly string[] = [
  'npm start -- --demo',
  'npm start -- --headless',
  'openclaw gateway run',
  'openclaw gateway restart',
  'openclaw devices list',
  'openclaw nodes pending',
  'openclaw devices approve',
  'openclaw plugins install --link dist/gateway-plugin',
  'openclaw plugins reload portcullis-guard',
];

/** The header's few words. */
export const connectionWords: Readonly<Record<ConnectionView['state'], string>> = {
  stopped: 'Stopped',
  connecting: 'Connecting…',
  syncing: 'Reading requests…',
  ready: 'Connected',
  waiting: 'Not connected',
  blocked: 'Needs your attention',
};

/** Continues the name: "+1555… wants to …". */
export function requestSentence(view: RequestView): string {
  switch (view.kind) {
    case 'chat':
      return `${askTexts.chat} on ${view.channelLabel.text}`;
    case 'device':
      return view.repair ? 'is paired already and asks for access again' : askTexts.device;
    case 'node':
      return askTexts.node;
    case 'send':
      if (view.surplus !== null) return surplusTexts.doing;
      return sendSentence(view.recipients.length - 1, view.channelLabel.text);
  }
}

function sendSentence(others: number, channel: string): string {
  if (others <= 0) return `${askTexts.send} on ${channel}`;
  return `and ${String(others)} more were to get a message on ${channel}`;
}

/** "Approved", "Denied elsewhere", "Expired", …; for requests that are no longer open. */
export function closedWords(view: RequestView): string {
  if (view.outcome === null) return statusTexts[view.status];
  return view.kind === 'send' ? sendOutcomeText(view.outcome) : outcomeText(view.outcome);
}

/** Why a press of a button that says yes led nowhere. */
export const remarks = {
  early: 'This had only just appeared or moved, so nothing was sent. Look again, then press it once more.',
  changed: 'This changed while you were reading, so nothing was sent. Look again, then decide.',
} as const;
export type Remark = keyof typeof remarks;

/**
 * Heads the app's own sentence about a failed answer. It must not claim "not approved" where that is unknown:
 * after a timeout or a break only the gateway knows.
 */
export const failureTitles: Readonly<Record<ErrorCode, string>> = {
  'bad-input': 'Your answer was not sent',
  'forbidden-sender': 'Your answer was not sent',
  'not-connected': 'Your answer was not sent',
  'request-gone': 'This request is gone',
  'request-changed': 'This request changed',
  'not-armed': 'Not yet',
  'already-submitting': 'Already being answered',
  'elevation-needed': 'This needs more rights',
  'elevation-failed': 'Your answer was not sent',
  'gateway-refused': 'The gateway said no',
  'gateway-timeout': 'No confirmation yet',
  'connection-lost': 'No confirmation yet',
  unsupported: 'This gateway cannot do that',
  'keychain-unavailable': 'The keychain is not available',
  'settings-not-saved': 'Not saved',
  'rules-changed': 'The rules changed meanwhile',
  'rules-invalid': 'That rule cannot be used',
  'rules-unreadable': 'The rules cannot be read',
  'config-changed': 'The gateway’s settings changed meanwhile',
  'config-not-editable': 'This has to be changed by hand',
  'setup-failed': 'That did not work',
  'not-delivered': 'Not delivered',
  internal: 'Something went wrong',
};
