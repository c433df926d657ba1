/** Who may write to the assistant: those approved by pairing, and those in the gateway's settings. */
import { accountsInConfig, type AccountInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import { personKey } from '../../contract/guard/address.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { RuleAccount } from '../../contract/guard/rule-change.ts';
import {
  longestContact,
  type ApprovedContactView,
  type ContactRemoval,
  type ContactsListView,
} from '../../contract/people.ts';
import { readGatewayConfig } from '../config/gateway-config.ts';
import type { Call } from '../gateway/calls.ts';
import type { StoredContact } from '../people-ports.ts';
import type { Logger } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import type { ApprovedContacts } from './approved-contacts.ts';
import { isBlocked } from './blocked.ts';
import { channelName, pairingAccountsWire } from './wire.ts';

export const removeContactMethod = 'portcullis-guard.remove-contact';

export interface ContactParts {
  readonly request: Call;
  readonly offers: (method: string) => boolean;
  readonly logger: Logger;
  readonly approved: Pick<ApprovedContacts, 'ofAccounts'>;
  /** Null: the rules could not be read. */
  readonly policy: Policy | null;
}

const accountLength = 60;
/** Characters in which one that cannot be seen is written, at most: ⟨U+10FFFF⟩. */
const longestEscape = 10;
const everyone = '*';
const groupPrefix = 'accessGroup:';

export async function readContacts(parts: ContactParts): Promise<ContactsListView> {
  const configured = await readConfigured(parts);
  const paired = await parts.approved.ofAccounts(async () => accountsToAsk(parts, configured));
  const removal = parts.offers(removeContactMethod) ? 'possible' : 'needs-plugin';
  const approved = 'contacts' in paired ? paired.contacts : [];
  const inConfig = (configured ?? []).flatMap(({ channel, account, allowFrom }) =>
    allowFrom.map((entry) => ({ channel, account, entry })),
  );
  const views = [
    ...approved
      .filter(({ channel }) => isChannelName(channel))
      .map((contact) => contactView(contact, 'pairing', removal, parts.policy)),
    ...inConfig.map((contact) => contactView(contact, 'config', 'in-config', parts.policy)),
  ];
  return { list: views.toSorted(byPlace), pairingFrom: paired.from, configRead: configured !== null };
}

/** Null: the gateway does not say what its settings are, or they are not valid. */
async function readConfigured({ request, logger }: ContactParts): Promise<readonly AccountInConfig[] | null> {
  const reading = await readGatewayConfig(request);
  if (reading?.valid === true)
    return accountsInConfig(reading.effective).filter(({ channel }) => isChannelName(channel));
  logger.log('warn', 'gateway-config-unreadable');
  return null;
}

/** Every account that takes part in pairing now, and every configured one: approvals outlive a change of policy. */
async function accountsToAsk(
  { request }: ContactParts,
  configured: readonly AccountInConfig[] | null,
): Promise<readonly RuleAccount[] | null> {
  const answer = await request('channels.pairing.list', {});
  const listed = answer.ok ? pairingAccountsWire.safeParse(answer.value) : null;
  if (listed?.success !== true && configured === null) return null;
  const accounts = new Map<string, RuleAccount>();
  const add = (channel: string, account: string): void => {
    accounts.set(JSON.stringify([channel, account]), { channel, account });
  };
  for (const { channel, accountId } of listed?.data?.accounts ?? []) add(channel, accountId);
  for (const { channel, account } of configured ?? []) add(channel, account);
  return [...accounts.values()];
}

function isChannelName(channel: string): boolean {
  return channelName.safeParse(channel).success;
}

function contactView(
  { channel, account, entry }: StoredContact,
  source: ApprovedContactView['source'],
  removal: ContactRemoval,
  policy: Policy | null,
): ApprovedContactView {
  const means = meaningOf(entry);
  return {
    channel,
    account,
    accountShown: displayText(account, accountLength),
    entry,
    // Who is not shown whole could be taken for somebody else.
    shown: displayText(entry, longestContact * longestEscape),
    source,
    means,
    removal,
    blocked: means === 'person' && policy !== null && isBlocked(policy, channel, entry),
  };
}

function meaningOf(entry: string): ApprovedContactView['means'] {
  if (entry.trim() === everyone) return 'everyone';
  return entry.startsWith(groupPrefix) ? 'group' : 'person';
}

/** The address the rules know this contact by; null when it cannot be understood. */
export function contactAddress(channel: string, entry: string, policy: Policy): string | null {
  return meaningOf(entry) === 'person' ? personKey(entry, { channel, region: policy.region }) : null;
}

function byPlace(a: ApprovedContactView, b: ApprovedContactView): number {
  return (
    a.channel.localeCompare(b.channel) ||
    a.account.localeCompare(b.account) ||
    a.shown.text.localeCompare(b.shown.text)
  );
}
