/** Names channels and accounts the way owners know them: "iMessage", and "iMessage (work)" where there are several. */
import type { RuleAccount } from './rule-change.ts';

const channelNames: ReadonlyMap<string, string> = new Map([
  ['imessage', 'iMessage'],
  ['sms', 'SMS'],
  ['whatsapp', 'WhatsApp'],
  ['telegram', 'Telegram'],
  ['signal', 'Signal'],
  ['discord', 'Discord'],
  ['slack', 'Slack'],
  ['matrix', 'Matrix'],
  ['msteams', 'Microsoft Teams'],
  ['googlechat', 'Google Chat'],
]);

/** Any other channel is shown by its own id. */
export function channelName(channel: string): string {
  return channelNames.get(channel) ?? channel;
}

export function accountName({ channel, account }: RuleAccount): string {
  return account === 'default' ? channelName(channel) : `${channelName(channel)} (${account})`;
}
