/**
 * Who may write to the assistant: those approved by pairing, whom the gateway lists nowhere (its guard plugin does,
 * else its own store on this machine), and those in the gateway's settings.
 */
import { addressKey } from '../../contract/guard/address.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { ApprovedContactView, ContactRemoval, ContactsListView } from '../../contract/people.ts';
import type { Call } from '../gateway/calls.ts';
import type { StoredContact, StoredContacts } from '../people-ports.ts';
import type { Logger } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import { isBlocked } from './blocked.ts';
import { channelName, configWire, pairingAccountsWire, pluginContactsWire, type ConfigWire } from './wire.ts';

export const contactMethods = {
  list: 'portcullis-guard.approved-contacts',
  remove: 'portcullis-guard.remove-contact',
} as const;

export interface ContactParts {
  readonly request: Call;
  readonly offers: (method: string) => boolean;
  readonly logger: Logger;
  /** Null: the gateway is on another machine. */
  readonly stored: StoredContacts | null;
  /** Null: the rules could not be read. */
  readonly policy: Policy | null;
}

const shownLength = 80;
const accountLength = 60;
const everyone = '*';
const groupPrefix = 'accessGroup:';
const defaultAccount = 'default';
/** A section of the settings that is no channel. */
const sharedSettings = 'defaults';

export async function readContacts(parts: ContactParts): Promise<ContactsListView> {
  const config = await readConfig(parts);
  const fromConfig = config === null ? [] : configContacts(config);
  const paired = await readPaired(parts, config);
  const removal = parts.offers(contactMethods.remove) ? 'possible' : 'needs-plugin';
  const views = [
    ...paired.contacts
      .filter(({ channel }) => channelName.safeParse(channel).success)
      .map((contact) => contactView(contact, 'pairing', removal, parts.policy)),
    ...fromConfig.map((contact) => contactView(contact, 'config', 'in-config', parts.policy)),
  ];
  return { list: views.toSorted(byPlace), pairingFrom: paired.from, configRead: config !== null };
}

interface Paired {
  readonly from: ContactsListView['pairingFrom'];
  readonly contacts: readonly StoredContact[];
}

async function readPaired(parts: ContactParts, config: ConfigWire | null): Promise<Paired> {
  if (parts.offers(contactMethods.list)) {
    const contacts = await readThroughPlugin(parts, config);
    if (contacts !== null) return { from: 'plugin', contacts };
  }
  const stored = await parts.stored?.read();
  if (stored?.ok === true) return { from: 'state-file', contacts: stored.value };
  if (stored !== undefined) parts.logger.log('warn', 'stored-contacts-not-read', { why: stored.error });
  return { from: 'nowhere', contacts: [] };
}

/** All or nothing: half a list would look like a whole one. */
async function readThroughPlugin(
  parts: ContactParts,
  config: ConfigWire | null,
): Promise<readonly StoredContact[] | null> {
  const accounts = await readAccounts(parts, config);
  if (accounts === null) return null;
  const lists = await Promise.all(
    accounts.map(async ({ channel, account }) => {
      const answer = await parts.request(contactMethods.list, { channel, account });
      const parsed = answer.ok ? pluginContactsWire.safeParse(answer.value) : null;
      if (parsed?.success !== true) return null;
      return parsed.data.contacts.map((entry) => ({ channel, account, entry }));
    }),
  );
  const whole = lists.filter((list) => list !== null);
  if (whole.length === lists.length) return whole.flat();
  parts.logger.log('warn', 'approved-contacts-unreadable');
  return null;
}

/** Every account that takes part in pairing now, and every configured one: approvals outlive a change of policy. */
async function readAccounts(
  parts: ContactParts,
  config: ConfigWire | null,
): Promise<readonly { readonly channel: string; readonly account: string }[] | null> {
  const answer = await parts.request('channels.pairing.list', {});
  const listed = answer.ok ? pairingAccountsWire.safeParse(answer.value) : null;
  if (listed?.success !== true && config === null) return null;
  const accounts = new Map<string, { readonly channel: string; readonly account: string }>();
  const add = (channel: string, account: string): void => {
    accounts.set(JSON.stringify([channel, account]), { channel, account });
  };
  for (const { channel, accountId } of listed?.data?.accounts ?? []) add(channel, accountId);
  for (const { channel, account } of configAccounts(config)) add(channel, account);
  return [...accounts.values()];
}

async function readConfig(parts: ContactParts): Promise<ConfigWire | null> {
  const answer = await parts.request('config.get', {});
  const parsed = answer.ok ? configWire.safeParse(answer.value) : null;
  if (parsed?.success === true) return parsed.data;
  parts.logger.log('warn', 'gateway-config-unreadable');
  return null;
}

interface ConfigAccount {
  readonly channel: string;
  readonly account: string;
  readonly allowFrom: readonly string[];
}

/** An account without a list of its own has the channel's. */
function configAccounts(config: ConfigWire | null): readonly ConfigAccount[] {
  return Object.entries(config?.config.channels ?? {}).flatMap(([channel, settings]) => {
    if (channel === sharedSettings || !channelName.safeParse(channel).success) return [];
    const shared = allowedBy(settings) ?? [];
    const accounts = new Map([[defaultAccount, shared]]);
    for (const [name, own] of Object.entries(settings.accounts ?? {}))
      accounts.set(name, allowedBy(own) ?? shared);
    return [...accounts].map(([account, allowFrom]) => ({ channel, account, allowFrom }));
  });
}

type Allowing = NonNullable<NonNullable<ConfigWire['config']['channels']>[string]>;

function allowedBy(settings: Pick<Allowing, 'allowFrom' | 'dm'>): readonly string[] | undefined {
  return settings.allowFrom ?? settings.dm?.allowFrom;
}

function configContacts(config: ConfigWire): readonly StoredContact[] {
  return configAccounts(config).flatMap(({ channel, account, allowFrom }) =>
    allowFrom.map((entry) => ({ channel, account, entry })),
  );
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
    shown: displayText(entry, shownLength),
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
  return meaningOf(entry) === 'person' ? addressKey(entry, { channel, region: policy.region }) : null;
}

function byPlace(a: ApprovedContactView, b: ApprovedContactView): number {
  return (
    a.channel.localeCompare(b.channel) ||
    a.account.localeCompare(b.account) ||
    a.shown.text.localeCompare(b.shown.text)
  );
}
