/** The rules of a policy, found by person in one look instead of one by one. Made once for every policy. */
import { possiblySamePerson, samePerson } from './address-kin.ts';
import { canonicalAccount } from './channel-ids.ts';
import type { AccountPolicy, AllowRule, BlockedPerson, DenyRule, Policy } from './policy.ts';

export interface AccountRules {
  readonly entry: AccountPolicy;
  /** Canonical, where `entry` may say it in another spelling. */
  readonly account: string;
  /** Rules that are still valid at `now` for exactly this person. */
  readonly allowing: (key: string, now: number) => AllowRule | undefined;
  /** A rule that may mean this person. */
  readonly denying: (key: string) => DenyRule | undefined;
}

export interface ChannelRules {
  readonly accounts: readonly AccountRules[];
  readonly blocking: (key: string) => BlockedPerson | undefined;
  /** Somebody is named, or not everybody may be written to: then what is not understood could be one of them. */
  readonly restricted: boolean;
}

export interface PolicyIndex {
  /** Channels that have rules or blocks. */
  readonly channels: readonly string[];
  /** @param channel canonical */
  readonly ofChannel: (channel: string) => ChannelRules;
}

const indexes = new WeakMap<Policy, PolicyIndex>();

/** @param policy canonical, as `parsePolicy` gives it; never changed afterwards */
export function policyIndex(policy: Policy): PolicyIndex {
  const known = indexes.get(policy);
  if (known !== undefined) return known;
  const index = indexOf(policy);
  indexes.set(policy, index);
  return index;
}

/** For rules that are not in the policy's own lists but looked up elsewhere. */
export function setPolicyIndex(policy: Policy, index: PolicyIndex): void {
  indexes.set(policy, index);
}

function indexOf(policy: Policy): PolicyIndex {
  const channels = [...new Set([...policy.accounts, ...policy.blocked].map(({ channel }) => channel))];
  const byChannel = new Map(channels.map((channel) => [channel, channelRules(policy, channel)]));
  return { channels, ofChannel: (channel) => byChannel.get(channel) ?? noRules };
}

const noRules: ChannelRules = { accounts: [], blocking: () => undefined, restricted: false };

function channelRules(policy: Policy, channel: string): ChannelRules {
  const entries = policy.accounts.filter((entry) => entry.channel === channel);
  const people = policy.blocked.filter((person) => person.channel === channel);
  const blocked = byPerson(people, possiblySamePerson);
  return {
    accounts: entries.map(accountRules),
    blocking: (key) => blocked.get(possiblySamePerson(key))?.[0],
    restricted: people.length > 0 || entries.some(isRestricted),
  };
}

function isRestricted({ unlisted, allowTo, denyTo }: AccountPolicy): boolean {
  return unlisted !== 'allow' || allowTo.length > 0 || denyTo.length > 0;
}

function accountRules(entry: AccountPolicy): AccountRules {
  const allowed = byPerson(entry.allowTo, samePerson);
  const denied = byPerson(entry.denyTo, possiblySamePerson);
  return {
    entry,
    account: canonicalAccount(entry.account),
    allowing: (key, now) => allowed.get(samePerson(key))?.find(({ until }) => until === null || until > now),
    denying: (key) => denied.get(possiblySamePerson(key))?.[0],
  };
}

function byPerson<T extends { readonly to: string }>(
  rules: readonly T[],
  person: (key: string) => string,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const rule of rules) {
    const key = person(rule.to);
    const others = found.get(key);
    if (others === undefined) found.set(key, [rule]);
    else others.push(rule);
  }
  return found;
}
