/** Names accounts the way owners know them: "iMessage", and "iMessage (work)" where it is not the default account. */
import type { RuleAccount } from '../../electron/contract/guard/rule-change.ts';

const channelNames: Readonly<Partial<Record<string, string>>> = {
  imessage: 'iMessage',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  signal: 'Signal',
  telegram: 'Telegram',
  discord: 'Discord',
  slack: 'Slack',
  matrix: 'Matrix',
  msteams: 'Microsoft Teams',
  googlechat: 'Google Chat',
};

export function channelName(channel: string): string {
  return channelNames[channel] ?? channel;
}

export function accountName({ channel, account }: RuleAccount): string {
  return account === 'default' ? channelName(channel) : `${channelName(channel)} (${account})`;
}

/** One text per account, for keys and option values; channel ids hold no blank. */
export function accountKey({ channel, account }: RuleAccount): string {
  return `${channel} ${account}`;
}
