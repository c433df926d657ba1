/** What the rules say beyond what Portcullis wrote: somebody else put it there, and the owner is told. */
import { canonicalAccount } from '../../electron/contract/guard/channel-ids.ts';
import type { OutsideChange, RulesState } from '../../electron/contract/guard/guard-wire.ts';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { sendLimitOf } from '../../electron/contract/guard/send-limit.ts';

export type ChangedBy = NonNullable<RulesState['changedBy']>;

/** Told one by one; of more only how many there are. */
const named = 50;

/** @returns null when they say the same; the order of rules, notes and the revision say nothing */
export function outsideChanges(written: Policy, current: Policy): ChangedBy | null {
  const [before, after] = [statements(written), statements(current)];
  const added = [...after].filter(([id]) => !before.has(id)).map(([, entry]) => entry('added'));
  const removed = [...before].filter(([id]) => !after.has(id)).map(([, entry]) => entry('removed'));
  if (added.length + removed.length === 0) return null;
  return { added: added.length, removed: removed.length, entries: [...added, ...removed].slice(0, named) };
}

type Statement = (change: OutsideChange['change']) => OutsideChange;

function statements(policy: Policy): ReadonlyMap<string, Statement> {
  const found = new Map<string, Statement>();
  const say = (entry: Omit<OutsideChange, 'change'>, detail: unknown = null): void => {
    found.set(JSON.stringify([entry, detail]), (change) => ({ change, ...entry }));
  };
  const setting = (
    to: string,
    of: Pick<OutsideChange, 'channel' | 'account'> = { channel: '', account: null },
  ): void => {
    say({ list: 'setting', ...of, to });
  };
  setting(`region: ${policy.region ?? 'none'}`);
  setting(`paused: ${String(policy.paused)}`);
  const { inAll, toOne } = sendLimitOf(policy);
  setting(`limit: ${String(inAll)} in all, ${String(toOne)} to one`);
  const { kinds, exempt, own } = policy.content;
  for (const [kind, mode] of Object.entries(kinds)) setting(`${kind}: ${mode}`);
  for (const { channel, to, kind } of exempt)
    setting(`${kind}, never asked: ${to}`, { channel, account: null });
  for (const { channel, to } of own) setting(`own: ${to}`, { channel, account: null });
  for (const account of policy.accounts) sayAccount(account, say, setting);
  for (const { channel, to } of policy.blocked) say({ list: 'blocked', channel, account: null, to });
  for (const { id, channel, account, to } of policy.oneTime)
    say({ list: 'allowTo', channel, account, to }, id);
  return found;
}

function sayAccount(
  entry: AccountPolicy,
  say: (entry: Omit<OutsideChange, 'change'>, detail?: unknown) => void,
  setting: (to: string, of: Pick<OutsideChange, 'channel' | 'account'>) => void,
): void {
  const of = { channel: entry.channel, account: canonicalAccount(entry.account) };
  setting(`unlisted: ${entry.unlisted}`, of);
  setting(`pairingReply: ${entry.pairingReply}`, of);
  for (const { to, until } of entry.allowTo) say({ list: 'allowTo', ...of, to }, until);
  for (const { to } of entry.denyTo) say({ list: 'denyTo', ...of, to });
}
