/** One edit of the send rules as a pure function: the policy after it, and the edit that takes it back exactly. */
import { assertNever, fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import { allowableAddress, personAddress } from './address.ts';
import { canonicalAccount, canonicalChannel } from './channel-ids.ts';
import { addressProblemTexts } from './guard-texts.ts';
import { parsePolicy } from './policy.ts';
import type { AccountPolicy, BlockedPerson, Policy, PolicyProblem } from './policy.ts';
import type { RuleAccount, RuleChange } from './rule-change.ts';

export interface AppliedRuleChange {
  /** Keeps its revision; whoever stores it counts on. */
  readonly policy: Policy;
  readonly undo: RuleChange;
}

/**
 * @param policy canonical, as `parsePolicy` gives it
 * @returns what to store, or which address or bound of the change is wrong. Changing the result by `undo` gives
 * `policy` back, order and notes included.
 */
export function applyRuleChange(
  policy: Policy,
  change: RuleChange,
): Result<AppliedRuleChange, PolicyProblem> {
  const next = changed(policy, change);
  if (!next.ok) return next;
  const checked = parsePolicy(next.value);
  return checked.ok ? ok({ policy: checked.value, undo: undoOf(policy, change) }) : checked;
}

function changed(policy: Policy, change: RuleChange): Result<Policy, PolicyProblem> {
  switch (change.type) {
    case 'allow': {
      const rules = canonicalRules(policy, change.channel, change.rules, 'rules', allowableAddress);
      return mapResult(rules, (added) =>
        withAccount(policy, change, (entry) => ({ ...entry, allowTo: merged(entry.allowTo, added) })),
      );
    }
    case 'deny': {
      const rules = canonicalRules(policy, change.channel, change.rules, 'rules');
      return mapResult(rules, (added) =>
        withAccount(policy, change, (entry) => ({ ...entry, denyTo: merged(entry.denyTo, added) })),
      );
    }
    case 'remove': {
      if (find(policy, change) === undefined) return ok(policy);
      const rules = change.to.map((to) => ({ to }));
      return mapResult(canonicalRules(policy, change.channel, rules, 'to'), (removed) =>
        withAccount(policy, change, (entry) => ({
          ...entry,
          [change.list]: without(entry[change.list], removed),
        })),
      );
    }
    case 'unlisted': {
      const { unlisted } = change;
      return ok(
        unlisted === null
          ? withoutAccount(policy, change)
          : withAccount(policy, change, (entry) => ({ ...entry, unlisted })),
      );
    }
    case 'pairing-reply':
      return ok(withAccount(policy, change, (entry) => ({ ...entry, pairingReply: change.pairingReply })));
    case 'block':
      return mapResult(canonicalPeople(policy, change.people), (people) => ({
        ...policy,
        blocked: merged(policy.blocked, people, personKey),
      }));
    case 'unblock':
      return mapResult(canonicalPeople(policy, change.people), (people) => ({
        ...policy,
        blocked: without(policy.blocked, people, personKey),
      }));
    case 'region':
      return ok({ ...policy, region: change.region });
    case 'content':
      return ok({ ...policy, content: change.content });
    case 'pause':
      return ok({ ...policy, paused: change.paused });
    case 'limit':
      return ok({ ...policy, limit: change.limit ?? undefined });
    case 'account':
      return ok(putBack(policy, change));
    case 'blocked':
      return ok({ ...policy, blocked: change.people });
    default:
      return assertNever(change);
  }
}

function undoOf(policy: Policy, change: RuleChange): RuleChange {
  switch (change.type) {
    case 'allow':
    case 'deny':
    case 'remove':
    case 'unlisted':
    case 'pairing-reply':
    case 'account':
      return { type: 'account', ...asWritten(policy, change), entry: entryOf(policy, change) };
    case 'block':
    case 'unblock':
    case 'blocked':
      return { type: 'blocked', people: policy.blocked };
    case 'region':
      return { type: 'region', region: policy.region };
    case 'content':
      return { type: 'content', content: policy.content };
    case 'pause':
      return { type: 'pause', paused: policy.paused };
    case 'limit':
      return { type: 'limit', limit: policy.limit ?? null };
    default:
      return assertNever(change);
  }
}

// ------------------------------------------------------------------ accounts

/** As the policy names channels; accounts keep their spelling. */
function named({ channel, account }: RuleAccount): RuleAccount {
  return { channel: canonicalChannel(channel), account: account.trim() };
}

/** Under the name it has in the policy already, where it has one. */
function asWritten(policy: Policy, which: RuleAccount): RuleAccount {
  const { channel, account } = find(policy, which) ?? named(which);
  return { channel, account };
}

function indexOf(policy: Policy, which: RuleAccount): number {
  const { channel, account } = named(which);
  const name = canonicalAccount(account);
  return policy.accounts.findIndex(
    (entry) => entry.channel === channel && canonicalAccount(entry.account) === name,
  );
}

function find(policy: Policy, which: RuleAccount): AccountPolicy | undefined {
  return policy.accounts[indexOf(policy, which)];
}

function entryOf(policy: Policy, which: RuleAccount): (RuleChange & { type: 'account' })['entry'] {
  const at = indexOf(policy, which);
  const entry = policy.accounts[at];
  if (entry === undefined) return null;
  const { unlisted, pairingReply, allowTo, denyTo } = entry;
  return { at, unlisted, pairingReply, allowTo, denyTo };
}

function withAccount(
  policy: Policy,
  which: RuleAccount,
  change: (entry: AccountPolicy) => AccountPolicy,
): Policy {
  const before = find(policy, which);
  if (before === undefined) return { ...policy, accounts: [...policy.accounts, change(openAccount(which))] };
  const accounts = policy.accounts.map((entry) => (entry === before ? change(entry) : entry));
  return { ...policy, accounts };
}

/** Naming somebody is no decision about everybody else: they may still be written to. */
function openAccount(which: RuleAccount): AccountPolicy {
  return { ...named(which), unlisted: 'allow', pairingReply: 'send', allowTo: [], denyTo: [] };
}

function withoutAccount(policy: Policy, which: RuleAccount): Policy {
  const removed = find(policy, which);
  return { ...policy, accounts: policy.accounts.filter((entry) => entry !== removed) };
}

function putBack(policy: Policy, change: RuleChange & { type: 'account' }): Policy {
  const others = withoutAccount(policy, change);
  if (change.entry === null) return others;
  const { at, ...entry } = change.entry;
  return { ...policy, accounts: others.accounts.toSpliced(at, 0, { ...named(change), ...entry }) };
}

// ------------------------------------------------------------------ rules in a list

interface Addressed {
  readonly to: string;
}

function canonicalRules<T extends Addressed>(
  policy: Policy,
  channel: string,
  rules: readonly T[],
  path: string,
  readAddress = personAddress,
): Result<readonly T[], PolicyProblem> {
  return canonical(policy, rules, () => channel, path, readAddress);
}

function canonicalPeople<T extends Pick<BlockedPerson, 'channel' | 'to'>>(
  policy: Policy,
  people: readonly T[],
): Result<readonly T[], PolicyProblem> {
  const named = people.map((person) => ({ ...person, channel: canonicalChannel(person.channel) }));
  return canonical(policy, named, ({ channel }) => channel, 'people');
}

function canonical<T extends Addressed>(
  policy: Policy,
  rules: readonly T[],
  channelOf: (rule: T) => string,
  path: string,
  readAddress = personAddress,
): Result<readonly T[], PolicyProblem> {
  const read: T[] = [];
  for (const [index, rule] of rules.entries()) {
    const channel = canonicalChannel(channelOf(rule));
    const address = readAddress(rule.to, { channel, region: policy.region });
    if (!address.ok) {
      const message = addressProblemTexts[address.error];
      return fail({ path: `${path}.${String(index)}.to`, message });
    }
    read.push({ ...rule, to: address.value.key });
  }
  return ok(read);
}

const addressKey = ({ to }: Addressed): string => to;
const personKey = ({ channel, to }: Pick<BlockedPerson, 'channel' | 'to'>): string => `${channel} ${to}`;

/** Rules that were there keep their place; of several for one address the last given counts. */
function merged<T extends Addressed>(
  before: readonly T[],
  added: readonly T[],
  keyOf: (rule: T) => string = addressKey,
): readonly T[] {
  const next = new Map(added.map((rule) => [keyOf(rule), rule]));
  const seen = new Set<string>();
  const kept: T[] = [];
  for (const rule of before) {
    const key = keyOf(rule);
    const replacement = next.get(key);
    if (replacement === undefined) kept.push(rule);
    else if (!seen.has(key)) kept.push(replacement);
    seen.add(key);
  }
  return [...kept, ...[...next].filter(([key]) => !seen.has(key)).map(([, rule]) => rule)];
}

function without<T extends K, K extends Addressed>(
  before: readonly T[],
  removed: readonly K[],
  keyOf: (rule: K) => string = addressKey,
): readonly T[] {
  const keys = new Set(removed.map(keyOf));
  return before.filter((rule) => !keys.has(keyOf(rule)));
}

function mapResult<T, U, E>(result: Result<T, E>, map: (value: T) => U): Result<U, E> {
  return result.ok ? ok(map(result.value)) : result;
}
