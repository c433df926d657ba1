/** The rules as one list to look through: allowed, then denied, then blocked, each with the account it belongs to. */
import { policyIndex } from '../../electron/contract/guard/policy-index.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleAccount, RuleChange } from '../../electron/contract/guard/rule-change.ts';
import { accountKey } from './account-name.ts';

export type RuleList = 'allowed' | 'denied' | 'blocked';

export interface ListedRule {
  readonly id: string;
  readonly list: RuleList;
  readonly channel: string;
  /** Null: blocked people are blocked on all accounts of the channel. */
  readonly account: string | null;
  readonly to: string;
  readonly note: string;
  /** Epoch ms; null: always. */
  readonly until: number | null;
}

/** As many characters as the note of a rule may have. */
export const longestNote = 500;

export const ruleLists: readonly RuleList[] = ['allowed', 'denied', 'blocked'];

export function listRules(policy: Policy): readonly ListedRule[] {
  const accounts = policy.accounts;
  return [
    ...accounts.flatMap((entry) => entry.allowTo.map((rule) => listed('allowed', entry, rule))),
    ...accounts.flatMap((entry) => entry.denyTo.map((rule) => listed('denied', entry, rule))),
    ...policy.blocked.map((person) => listed('blocked', { channel: person.channel, account: null }, person)),
  ];
}

function listed(
  list: RuleList,
  { channel, account }: { readonly channel: string; readonly account: string | null },
  rule: { readonly to: string; readonly note: string; readonly until?: number | null },
): ListedRule {
  const id = [list, channel, account ?? '', rule.to].join(' ');
  return { id, list, channel, account, to: rule.to, note: rule.note, until: rule.until ?? null };
}

/** Case, accents and the signs people put between digits do not matter when looking for somebody. */
export function searchable(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const betweenDigits = /(?<=[\d+])[\s().\-/]+(?=\d)/gu;

export type RuleSearch = (text: string) => readonly ListedRule[];

/** Prepares the texts once, so that every letter typed only compares. */
export function searchRules(rules: readonly ListedRule[]): RuleSearch {
  const texts = rules.map((rule) => searchable(`${rule.to}\n${rule.note}`));
  return (text) => {
    const wanted = searchable(text.trim());
    if (wanted === '') return rules;
    const asNumber = wanted.replaceAll(betweenDigits, '');
    return rules.filter((_, index) => {
      const candidate = texts[index] ?? '';
      return candidate.includes(wanted) || candidate.includes(asNumber);
    });
  };
}

/** The change that takes one rule away. */
export function removalOf(rule: ListedRule): RuleChange {
  const { list, channel, account, to } = rule;
  if (account === null || list === 'blocked') return { type: 'unblock', people: [{ channel, to }] };
  return { type: 'remove', list: list === 'allowed' ? 'allowTo' : 'denyTo', channel, account, to: [to] };
}

/** The change that gives one rule another note and end. */
export function editOf(rule: ListedRule, note: string, until: number | null): RuleChange {
  const { list, channel, account, to } = rule;
  if (account === null || list === 'blocked') return { type: 'block', people: [{ channel, to, note }] };
  return list === 'allowed'
    ? { type: 'allow', channel, account, rules: [{ to, until, note }] }
    : { type: 'deny', channel, account, rules: [{ to, note }] };
}

/** Where a person is listed already; blocks and denials first, because they hold before everything else. */
export type RuleLookup = (key: string) => RuleList | null;

export function ruleLookup(policy: Policy, account: RuleAccount): RuleLookup {
  const { blocking, accounts } = policyIndex(policy).ofChannel(account.channel);
  const own = accounts.find(({ entry }) => accountKey(entry) === accountKey(account));
  return (key) => {
    if (blocking(key) !== undefined) return 'blocked';
    if (own?.denying(key) !== undefined) return 'denied';
    // One that has ended is listed, too.
    return own?.allowing(key, -Infinity) === undefined ? null : 'allowed';
  };
}
