/** Sentences of the channels page. */
import type {
  ChannelAccountView,
  ChannelSettingKey,
  ChannelSettingView,
  ConfigHistoryEntry,
  ConfigReason,
  ConfigWorkView,
  StrangerReply,
} from '../../electron/contract/channels.ts';
import type { Unlisted } from '../../electron/contract/guard/policy.ts';
import { accountName } from '../rules/account-name.ts';

export const settingNames: Readonly<Record<ChannelSettingKey, string>> = {
  dmPolicy: 'Direct messages',
  groupPolicy: 'Groups',
  allowFrom: 'May write',
  groupAllowFrom: 'May write in groups',
};

const dmMeanings: Readonly<Partial<Record<string, string>>> = {
  pairing: 'strangers ask to be paired',
  allowlist: 'only people in allowFrom',
  open: 'everybody, once * is in allowFrom',
  disabled: 'nobody',
};

const groupMeanings: Readonly<Partial<Record<string, string>>> = {
  allowlist: 'only listed groups and people',
  open: 'everybody in any group',
  disabled: 'no group',
};

/** "pairing: strangers ask to be paired"; a word nobody explains stays alone. */
export function choiceWords(key: ChannelSettingKey, word: string): string {
  const meaning = (key === 'dmPolicy' ? dmMeanings : groupMeanings)[word];
  return meaning === undefined ? word : `${word}: ${meaning}`;
}

export const notSetWords = 'not set, and the gateway does not say what it does then';

export const fromWords: Readonly<Record<ChannelSettingView['from'], string>> = {
  account: 'set for this account',
  channel: 'set for the channel',
  defaults: 'set for all channels',
  gateway: 'not set; the gateway’s own default',
};

export const strangerSentences: Readonly<Record<StrangerReply, string>> = {
  code: 'A stranger gets a pairing code. You are asked.',
  silent: 'A stranger gets no answer. You are asked.',
  nothing: 'A stranger gets no answer, and you are not asked.',
  'everyone-is-let-in': 'Everybody who writes is let in.',
};

const unlistedWords: Readonly<Record<Unlisted, string>> = {
  ask: 'you are asked about others',
  deny: 'others are stopped',
  allow: 'others get messages, too',
};

/** Who the assistant may write to. */
export function allowToWords({ guard }: ChannelAccountView): string {
  if (guard === null) return 'Not known: the send guard is not in this gateway.';
  if (guard.unlisted === null) return 'Everybody: this account is not guarded.';
  const people = guard.allowTo === 1 ? '1 recipient' : `${String(guard.allowTo)} recipients`;
  return `${people}; ${unlistedWords[guard.unlisted]}.`;
}

/** The one owner of a value: where a change is written is where it is set now. */
export function isSetHere({ key, path, from }: ChannelSettingView, channel: string): boolean {
  return path === `channels.${channel}.${key}` ? from === 'channel' : from === 'account';
}

export function titleOf({ label, account, accountShown }: ChannelAccountView): string {
  return account === 'default' ? label.text : `${label.text} (${accountShown.text})`;
}

/** An edit of this account made on this page. */
export function isAbout(
  reason: ConfigReason,
  { channel, account }: Pick<ChannelAccountView, 'channel' | 'account'>,
): boolean {
  return reason.kind === 'channel' && reason.channel === channel && reason.account === account;
}

/** Told where the owner pressed, not at the top of the page. */
export function isBeingChanged(
  work: ConfigWorkView,
  account: Pick<ChannelAccountView, 'channel' | 'account'>,
): work is Extract<ConfigWorkView, { readonly state: 'working' }> {
  return work.state === 'working' && isAbout(work.reason, account);
}

/** What a change of the config was about. */
export function reasonWords(reason: ConfigReason, history: readonly ConfigHistoryEntry[]): string {
  switch (reason.kind) {
    case 'silence':
      return `Strangers on ${accountName({ channel: 'imessage', account: reason.account })}`;
    case 'silence-end':
      return `Strangers on ${accountName({ channel: 'imessage', account: reason.account })}: time was up`;
    case 'channel':
      return accountName(reason);
    case 'undo': {
      const undone = history.find(({ id }) => id === reason.of);
      // An undo of an undo is told as such once, however deep it goes.
      return undone === undefined || undone.reason.kind === 'undo'
        ? 'Undo of an earlier change'
        : `Undo: ${reasonWords(undone.reason, history)}`;
    }
  }
}
