/**
 * The one decision about a send. Pure: the same policy, send and time give the same answer in every process. Where
 * anybody is named or not everybody may be written to, what is not understood is asked about and never let through.
 */
import type { AddressProblem } from './address-types.ts';
import { canonicalAccount, canonicalChannel } from './channel-ids.ts';
import { judgeContent } from './content/judge-content.ts';
import { policyIndex } from './policy-index.ts';
import type { AccountRules, ChannelRules } from './policy-index.ts';
import type { AccountPolicy, Policy } from './policy.ts';
import { isSelfTest, resolveTarget } from './send-people.ts';
import type { Resolved } from './send-people.ts';
import { knownPolicy } from './send.ts';
import type { PolicyState, Send } from './send.ts';

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
  /** Whoever it goes to may be written to, but it carries something secret. */
  | { readonly rule: 'secret' }
  /** The sender named no channel anybody could judge by. */
  | { readonly rule: 'channel' }
  /** To the address of the self-test, which is stopped whatever the policy says. */
  | { readonly rule: 'self-test' };

export interface Decision {
  readonly verdict: 'allow' | 'ask' | 'deny';
  readonly because: DecidingRule;
}

const unreadable: Decision = { verdict: 'ask', because: { rule: 'policy-unreadable' } };
const strictness = { allow: 0, ask: 1, deny: 2 } as const;
/** What has to be told or used up when a message leaves by it goes before what has not. */
const mattering: readonly DecidingRule['rule'][] = ['not-configured', 'listed', 'reply', 'one-time'];

export function decide(state: PolicyState, send: Send, now: number): Decision {
  if (isSelfTest(send)) return { verdict: 'deny', because: { rule: 'self-test' } };
  if (state.status === 'absent') return state.installed ? unreadable : allow({ rule: 'not-configured' });
  const policy = knownPolicy(state);
  if (policy === null) return unreadable;
  const trusted = state.status === 'ready';
  const channel = canonicalChannel(send.channel);
  return channel === ''
    ? everywhere(policy, trusted, send, now)
    : onChannel(policy, trusted, { ...send, channel }, now);
}

/** The account entries a send is judged by: its own, or all of the channel where it cannot be told which is its own. */
export function accountsFor(
  policy: Policy,
  send: Pick<Send, 'channel' | 'account' | 'accounts'>,
): readonly AccountPolicy[] {
  const rules = policyIndex(policy).ofChannel(canonicalChannel(send.channel));
  return judgedBy(rules, send).map(({ entry }) => entry);
}

function judgedBy(
  { accounts }: ChannelRules,
  send: Pick<Send, 'account' | 'accounts'>,
): readonly AccountRules[] {
  if (send.account === null) return accounts;
  const name = canonicalAccount(send.account);
  const own = accounts.filter(({ account }) => account === name);
  if (own.length > 0 || send.accounts === null) return own;
  // One that does not exist, or rules for one that does not exist: somebody misspelt it, and these may be its rules.
  const existing = new Set(send.accounts.map(canonicalAccount));
  const unclear = !existing.has(name) || accounts.some(({ account }) => !existing.has(account));
  return unclear ? accounts : own;
}

/** It may be about any channel, so what any channel forbids is forbidden, and the rest is for the owner to say. */
function everywhere(policy: Policy, trusted: boolean, send: Send, now: number): Decision {
  const { channels } = policyIndex(policy);
  if (policy.paused || channels.length === 0) return onChannel(policy, trusted, send, now);
  const decisions = channels.map((channel) => onChannel(policy, trusted, { ...send, channel }, now));
  return strictest([{ verdict: 'ask', because: { rule: 'channel' } }, ...decisions]);
}

/** @param send with a canonical channel */
function onChannel(policy: Policy, trusted: boolean, send: Send, now: number): Decision {
  const rules = policyIndex(policy).ofChannel(send.channel);
  const accounts = judgedBy(rules, send);
  const targets = send.targets.map((target) => resolveTarget(target, send, policy.region));
  const decision = byRecipients({ policy, trusted, send, now, rules, accounts, targets });
  const { rule } = decision.because;
  // What the owner let through as it is, secret and all; and where nothing is guarded nothing is looked at.
  if (rule === 'one-time' || rule === 'not-configured') return decision;
  const carried = judgeContent(policy.content, send, targets);
  return carried === null
    ? decision
    : strictest([decision, { verdict: carried, because: { rule: 'secret' } }]);
}

interface OnChannel {
  readonly policy: Policy;
  readonly trusted: boolean;
  readonly send: Send;
  readonly now: number;
  readonly rules: ChannelRules;
  readonly accounts: readonly AccountRules[];
  readonly targets: readonly Resolved[];
}

function byRecipients({ policy, trusted, send, now, rules, accounts, targets }: OnChannel): Decision {
  const refused = refusal(rules, accounts, targets);
  if (refused !== null) return refused;
  if (policy.paused) return { verdict: 'deny', because: { rule: 'paused' } };
  if (targets.length === 0) return { verdict: 'ask', because: { rule: 'address', problem: 'empty' } };
  if (accounts.length === 0) {
    if (!trusted) return unreadable;
    return strictest(targets.map((target) => unguarded(target, rules)));
  }
  if (!trusted)
    return judge(accounts, targets, (account, target) => listing(account, target, now) ?? unreadable);
  if (targets.length === 1 && targets[0] !== undefined) {
    const once = oneTime(policy, targets[0], send, now);
    if (once !== null) return once;
  }
  return judge(accounts, targets, (account, target) => forAccount(account, rules, target, now));
}

/** Deny rules and blocks hold before everything else, for the target and for everyone who reads along. */
function refusal(
  { blocking }: ChannelRules,
  accounts: readonly AccountRules[],
  targets: readonly Resolved[],
): Decision | null {
  const reached = targets.flatMap(({ reaches }) => reaches);
  const blocked = first(reached, blocking);
  if (blocked !== null) return { verdict: 'deny', because: { rule: 'blocked', to: blocked.to } };
  for (const { denying } of accounts) {
    const denied = first(reached, denying);
    if (denied !== null) return { verdict: 'deny', because: { rule: 'denied', to: denied.to } };
  }
  return null;
}

/** A one-time allowance is for the address itself or for the only person in that conversation. */
function oneTime(policy: Policy, resolved: Resolved, send: Send, now: number): Decision | null {
  if (resolved.problem !== null) return null;
  const alone = resolved.members.length === 1 ? resolved.members[0] : null;
  const found = policy.oneTime.find(
    (entry) =>
      entry.channel === send.channel &&
      (send.account === null || canonicalAccount(entry.account) === canonicalAccount(send.account)) &&
      entry.expiresAt > now &&
      entry.textSha256 === send.textSha256 &&
      entry.media === send.media &&
      (resolved.names.includes(entry.to) || entry.to === alone),
  );
  return found ? allow({ rule: 'one-time', id: found.id }) : null;
}

/** No rules for this account; somebody may be named on its channel all the same. */
function unguarded(resolved: Resolved, { restricted }: ChannelRules): Decision {
  return restricted && resolved.problem !== null
    ? { verdict: 'ask', because: { rule: 'address', problem: resolved.problem } }
    : allow({ rule: 'not-configured' });
}

function forAccount(
  account: AccountRules,
  { restricted }: ChannelRules,
  resolved: Resolved,
  now: number,
): Decision {
  const listed = listing(account, resolved, now);
  if (listed !== null) return listed;
  const { unlisted } = account.entry;
  if (resolved.problem !== null) {
    const verdict = unlisted === 'allow' && restricted ? 'ask' : unlisted;
    return { verdict, because: { rule: 'address', problem: resolved.problem } };
  }
  const unclearMember = restricted && resolved.members.includes(null);
  if (resolved.target.opened && !unclearMember) return allow({ rule: 'reply', to: resolved.shown });
  const verdict = unlisted === 'allow' && unclearMember ? 'ask' : unlisted;
  return { verdict, because: { rule: 'unlisted', to: resolved.names[0] ?? resolved.shown } };
}

/** Allowed by name: the address itself in each of its readings, or everyone who reads along there. */
function listing({ allowing }: AccountRules, resolved: Resolved, now: number): Decision | null {
  const ways = [
    ...resolved.names.map((name) => [name]),
    ...(resolved.problem === 'ambiguous' ? [resolved.readings] : []),
    ...(resolved.problem === null ? [resolved.members] : []),
  ];
  for (const keys of ways) {
    const rules = keys.map((key) => (key === null ? undefined : allowing(key, now)));
    const one = rules[0];
    if (one !== undefined && rules.every((rule) => rule !== undefined))
      return allow({ rule: 'listed', to: one.to, until: one.until });
  }
  return null;
}

/** Every account entry and every target must agree; the strictest answer counts. */
function judge(
  accounts: readonly AccountRules[],
  targets: readonly Resolved[],
  one: (account: AccountRules, target: Resolved) => Decision,
): Decision {
  return strictest(accounts.flatMap((account) => targets.map((target) => one(account, target))));
}

/** Of several that allow, the one by which it would not leave without the others: a "send once" is never spared. */
export function strictest(decisions: readonly Decision[]): Decision {
  return decisions.reduce((worst, next) => (weight(next) > weight(worst) ? next : worst));
}

function weight({ verdict, because }: Decision): number {
  return strictness[verdict] * mattering.length + (verdict === 'allow' ? mattering.indexOf(because.rule) : 0);
}

function first<T>(keys: readonly string[], find: (key: string) => T | undefined): T | null {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return null;
}

function allow(because: DecidingRule): Decision {
  return { verdict: 'allow', because };
}
