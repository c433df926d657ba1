/** The one decision about a send. Pure: the same policy, send and time give the same answer in every process. */
import { addressKey, normaliseAddress } from './address.ts';
import type { AddressProblem } from './address.ts';
import type { AccountPolicy, Policy } from './policy.ts';
import { selfTestAddress } from './self-test.ts';

/** What is known about the policy at the moment of a send. */
export type PolicyState =
  /** No policy was ever written: every channel is unrestricted. */
  | { readonly status: 'absent' }
  | { readonly status: 'ready'; readonly policy: Policy }
  /** There is a policy but it cannot be read. `lastGood` is the last one that could, if any. */
  | { readonly status: 'unreadable'; readonly problem: string; readonly lastGood: Policy | null };

/** One place a message goes to. */
export interface SendTarget {
  /** As the sender wrote it. */
  readonly to: string;
  /** Other addresses of the same place, e.g. the group behind `chat_id:7`. */
  readonly aliases: readonly string[];
  /** Who reads along there, where known: the person behind `chat_id:11`, the members of a group. */
  readonly people: readonly string[];
  /** A person in this conversation wrote first (to us), so this is a reply. */
  readonly opened: boolean;
}

export interface Send {
  readonly channel: string;
  /** null: the sender named no account. */
  readonly account: string | null;
  /** Country the channel itself uses for national numbers; null: the policy's. */
  readonly region: string | null;
  /** At least one; all of them must be allowed. */
  readonly targets: readonly SendTarget[];
  readonly textSha256: string;
  readonly media: boolean;
}

/** The rule that decided, for the owner to read. */
export type DecidingRule =
  | { readonly rule: 'not-configured' }
  | { readonly rule: 'policy-unreadable' }
  | { readonly rule: 'paused' }
  | { readonly rule: 'blocked'; readonly to: string }
  | { readonly rule: 'denied'; readonly to: string }
  | { readonly rule: 'listed'; readonly to: string; readonly until: number | null }
  | { readonly rule: 'one-time'; readonly id: string }
  | { readonly rule: 'reply'; readonly to: string }
  | { readonly rule: 'unlisted'; readonly to: string }
  | { readonly rule: 'address'; readonly problem: AddressProblem }
  /** To the address of the self-test, which is stopped whatever the policy says. */
  | { readonly rule: 'self-test' };

export interface Decision {
  readonly verdict: 'allow' | 'ask' | 'deny';
  readonly because: DecidingRule;
}

interface Resolved {
  readonly target: SendTarget;
  /** Canonical address of the target itself, or why there is none. */
  readonly own: ReturnType<typeof normaliseAddress>;
  /** Canonical address and aliases. */
  readonly names: readonly string[];
  /** Canonical people; `null` in it is a member nobody could identify. */
  readonly people: readonly (string | null)[];
}

const unreadable: Decision = { verdict: 'ask', because: { rule: 'policy-unreadable' } };
const strictness = { allow: 0, ask: 1, deny: 2 } as const;

export function decide(state: PolicyState, send: Send, now: number): Decision {
  if (isSelfTest(send)) return { verdict: 'deny', because: { rule: 'self-test' } };
  if (state.status === 'absent') return allow({ rule: 'not-configured' });
  const policy = state.status === 'ready' ? state.policy : state.lastGood;
  if (policy === null) return unreadable;
  const trusted = state.status === 'ready';

  const targets = send.targets.map((target) => resolve(target, send, policy));
  const accounts = accountsFor(policy, send);
  const refused = refusal(policy, accounts, targets, send);
  if (refused !== null) return refused;
  if (policy.paused) return { verdict: 'deny', because: { rule: 'paused' } };
  if (targets.length === 0) return { verdict: 'ask', because: { rule: 'address', problem: 'empty' } };
  if (accounts.length === 0) return trusted ? allow({ rule: 'not-configured' }) : unreadable;
  if (!trusted) return judge(accounts, targets, (entry, target) => onlyListed(target, entry, now));
  if (targets.length === 1 && targets[0] !== undefined) {
    const once = oneTime(policy, targets[0], send, now);
    if (once !== null) return once;
  }
  return judge(accounts, targets, (entry, target) => forAccount(entry, target, now));
}

/** The account entry a send is judged by. An unnamed account is judged by every entry of its channel. */
export function accountsFor(
  policy: Policy,
  send: Pick<Send, 'channel' | 'account'>,
): readonly AccountPolicy[] {
  const channel = send.channel.trim().toLowerCase();
  return policy.accounts.filter(
    (entry) => entry.channel === channel && (send.account === null || entry.account === send.account),
  );
}

function isSelfTest({ channel, targets }: Send): boolean {
  const context = { channel: channel.trim().toLowerCase(), region: null };
  return targets.some(({ to, aliases }) =>
    [to, ...aliases].some((name) => addressKey(name, context) === selfTestAddress),
  );
}

function resolve(target: SendTarget, send: Send, policy: Policy): Resolved {
  const context = { channel: send.channel.trim().toLowerCase(), region: send.region ?? policy.region };
  const own = normaliseAddress(target.to, context);
  const names = [target.to, ...target.aliases].map((name) => addressKey(name, context));
  return {
    target,
    own,
    names: names.filter((name) => name !== null),
    people: target.people.map((person) => addressKey(person, context)),
  };
}

/** Deny rules and blocks hold before everything else, for the target and for everyone who reads along. */
function refusal(
  policy: Policy,
  accounts: readonly AccountPolicy[],
  targets: readonly Resolved[],
  send: Send,
): Decision | null {
  const reached = new Set(targets.flatMap(reachedKeys));
  const channel = send.channel.trim().toLowerCase();
  const blocked = policy.blocked.find((entry) => entry.channel === channel && reached.has(entry.to));
  if (blocked) return { verdict: 'deny', because: { rule: 'blocked', to: blocked.to } };
  const denied = accounts.flatMap((entry) => entry.denyTo).find((entry) => reached.has(entry.to));
  return denied ? { verdict: 'deny', because: { rule: 'denied', to: denied.to } } : null;
}

function reachedKeys(resolved: Resolved): readonly string[] {
  return [...resolved.names, ...resolved.people.filter((person) => person !== null)];
}

/** A one-time allowance is for the address itself or for the only person in that conversation. */
function oneTime(policy: Policy, resolved: Resolved, send: Send, now: number): Decision | null {
  const alone = resolved.people.length === 1 ? resolved.people[0] : null;
  const found = policy.oneTime.find(
    (entry) =>
      entry.channel === send.channel.trim().toLowerCase() &&
      (send.account === null || entry.account === send.account) &&
      entry.expiresAt > now &&
      entry.textSha256 === send.textSha256 &&
      entry.media === send.media &&
      (resolved.names.includes(entry.to) || entry.to === alone),
  );
  return found ? allow({ rule: 'one-time', id: found.id }) : null;
}

function forAccount(entry: AccountPolicy, resolved: Resolved, now: number): Decision {
  const listed = listing(entry, resolved, now);
  if (listed !== null) return listed;
  if (resolved.target.opened) return allow({ rule: 'reply', to: shown(resolved) });
  const because: DecidingRule = resolved.own.ok
    ? { rule: 'unlisted', to: resolved.own.value.key }
    : { rule: 'address', problem: resolved.own.error };
  return { verdict: entry.unlisted, because };
}

/** While the policy cannot be read, only what the last good one names may leave. */
function onlyListed(resolved: Resolved, entry: AccountPolicy, now: number): Decision {
  return listing(entry, resolved, now) ?? unreadable;
}

/** Allowed by name: the address itself, or everyone who reads along there. */
function listing(entry: AccountPolicy, resolved: Resolved, now: number): Decision | null {
  const valid = entry.allowTo.filter((rule) => rule.until === null || rule.until > now);
  const direct = valid.find((rule) => resolved.names.includes(rule.to));
  if (direct) return allow({ rule: 'listed', to: direct.to, until: direct.until });
  const people = resolved.people.map((person) => valid.find((rule) => rule.to === person));
  const first = people[0];
  if (first === undefined || !people.every((rule) => rule !== undefined)) return null;
  return allow({ rule: 'listed', to: first.to, until: first.until });
}

function shown(resolved: Resolved): string {
  return resolved.people[0] ?? (resolved.own.ok ? resolved.own.value.key : resolved.target.to);
}

/** Every account entry and every target must agree; the strictest answer counts. */
function judge(
  accounts: readonly AccountPolicy[],
  targets: readonly Resolved[],
  one: (entry: AccountPolicy, target: Resolved) => Decision,
): Decision {
  return accounts
    .flatMap((entry) => targets.map((target) => one(entry, target)))
    .reduce((worst, next) => (strictness[next.verdict] > strictness[worst.verdict] ? next : worst));
}

function allow(because: DecidingRule): Decision {
  return { verdict: 'allow', because };
}
