/** A change of the send rules in one line, for the journal: what was done and to whom, without the owner's notes. */
import { personKey } from '../../contract/guard/address.ts';
import { accountName, channelName } from '../../contract/guard/channel-names.ts';
import { defaultSendLimit } from '../../contract/guard/send-limit.ts';
import type { Unlisted } from '../../contract/guard/policy.ts';
import type { RuleAccount, RuleChange } from '../../contract/guard/rule-change.ts';
import { assertNever } from '../../contract/result.ts';
import { displayText } from '../requests/display-text.ts';

/** More are counted. */
const mostNamed = 3;
/** Characters of an address or an account. */
const longestName = 80;

const unlistedWords: Readonly<Record<Unlisted, string>> = {
  allow: 'Everybody may be written to unless a rule denies it',
  ask: 'Ask before anybody unlisted is written to',
  deny: 'Nobody unlisted is written to',
};

/** @param region country of national numbers in the rules */
export function ruleSummary(change: RuleChange, region: string | null): string {
  const known = (to: readonly string[], channel: string): string => named(to, { channel, region });
  switch (change.type) {
    case 'allow': {
      const ends = change.rules.some(({ until }) => until !== null) ? ' for a time' : '';
      return `${on(change)}: allowed ${known(addresses(change.rules), change.channel)}${ends}`;
    }
    case 'deny':
      return `${on(change)}: denied ${known(addresses(change.rules), change.channel)}`;
    case 'remove': {
      const what = change.list === 'allowTo' ? 'allowed' : 'denied';
      return `${on(change)}: no longer ${what}: ${known(change.to, change.channel)}`;
    }
    case 'unlisted':
      return `${on(change)}: ${change.unlisted === null ? 'Not guarded any more' : unlistedWords[change.unlisted]}`;
    case 'pairing-reply':
      return `${on(change)}: strangers ${change.pairingReply === 'send' ? 'get a pairing code' : 'get no pairing code'}`;
    case 'account':
      return `${on(change)}: rules put back as they were`;
    case 'block':
    case 'unblock': {
      const verb = change.type === 'block' ? 'Blocked' : 'Unblocked';
      return `${verb} ${listed(change.people, ({ to, channel }) => `${known([to], channel)} on ${shown(channelName(channel))}`)}`;
    }
    case 'blocked':
      return 'The list of blocked people was put back as it was';
    case 'region':
      return `Country of national numbers: ${change.region ?? 'none'}`;
    case 'content':
      return 'What is asked about in messages was changed';
    case 'pause':
      return change.paused ? 'All sends paused' : 'Sends resumed';
    case 'limit': {
      const { inAll, toOne } = change.limit ?? defaultSendLimit;
      return `Asked about more than ${String(inAll)} messages a minute, or ${String(toOne)} to one recipient`;
    }
    default:
      return assertNever(change);
  }
}

export const restoredSummary = 'The last readable rules were restored';

function on(account: RuleAccount): string {
  return shown(accountName(account));
}

function addresses(rules: readonly { readonly to: string }[]): readonly string[] {
  return rules.map(({ to }) => to);
}

function named(
  to: readonly string[],
  context: { readonly channel: string; readonly region: string | null },
): string {
  return listed(to, (each) => shown(personKey(each, context) ?? each));
}

function listed<T>(all: readonly T[], name: (each: T) => string): string {
  const names = all.slice(0, mostNamed).map(name).join(', ');
  const others = all.length - mostNamed;
  return others > 0 ? `${names} and ${String(others)} more` : names;
}

function shown(text: string): string {
  return displayText(text, longestName).text;
}
