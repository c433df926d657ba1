/** What the window calls an account, and what it tells accounts apart by. */
import { accountName } from '../../electron/contract/guard/channel-names.ts';
import type { RuleAccount } from '../../electron/contract/guard/rule-change.ts';

export { accountName, channelName } from '../../electron/contract/guard/channel-names.ts';

/** Strict mode exists for iMessage only. */
export function strictAccountName(account: string): string {
  return accountName({ channel: 'imessage', account });
}

/** One text per account, for keys and option values; channel ids hold no blank. */
export function accountKey({ channel, account }: RuleAccount): string {
  return `${channel} ${account}`;
}
