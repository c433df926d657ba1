/** The send guard's rule about the pairing reply of one iMessage account: set, and taken back exactly. */
import type { AccountPolicy, PairingReply, Policy } from '../../contract/guard/policy.ts';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { RulesDoor } from '../people/people-parts.ts';
import type { RuleUndo } from './config-record.ts';

const channel = 'imessage';
/** Somebody else changed the rules in between: ours is the same on any rules, so it is simply made again. */
const attempts = 3;

/** @returns how to take it back; null: it is like that already */
export async function setPairingReply(
  rules: RulesDoor,
  account: string,
  after: PairingReply,
): Promise<Result<RuleUndo | null>> {
  let undo: RuleUndo | null = null;
  const changed = await change(rules, (policy) => {
    const entry = entryOf(policy, account);
    undo = { account, before: entry?.pairingReply ?? 'absent', after };
    if ((entry?.pairingReply ?? 'send') !== after)
      return { type: 'pairing-reply', channel, account, pairingReply: after };
    undo = null;
    return null;
  });
  return changed.ok ? ok(undo) : changed;
}

export async function takePairingReplyBack(
  rules: RulesDoor,
  { account, before }: RuleUndo,
): Promise<Result<null>> {
  return change(rules, (policy) => {
    const entry = entryOf(policy, account);
    const wanted = before === 'absent' ? 'send' : before;
    if (before === 'absent' && entry !== undefined && saysNothingElse(entry))
      return { type: 'unlisted', channel, account, unlisted: null };
    if ((entry?.pairingReply ?? 'send') === wanted) return null;
    return { type: 'pairing-reply', channel, account, pairingReply: wanted };
  });
}

function entryOf(policy: Policy, account: string): AccountPolicy | undefined {
  return policy.accounts.find((entry) => entry.channel === channel && entry.account === account);
}

/** As it is made for an account that had no rules. */
function saysNothingElse({ unlisted, allowTo, denyTo }: AccountPolicy): boolean {
  return unlisted === 'allow' && allowTo.length === 0 && denyTo.length === 0;
}

async function change(
  rules: RulesDoor,
  decide: (policy: Policy) => RuleChange | null,
): Promise<Result<null>> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await rules.read();
    if (!read.ok) return read;
    const wanted = decide(read.value.policy);
    if (wanted === null) return ok(null);
    const stored = await rules.change({ revision: read.value.policy.revision, change: wanted });
    if (stored.ok) return ok(null);
    if (stored.error.code !== 'rules-changed' || attempt === attempts) return stored;
  }
}
