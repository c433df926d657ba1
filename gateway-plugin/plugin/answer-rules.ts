/** What the owner's answer to a stopped send changes in the policy. Pure. */
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { accountsFor } from '../../electron/contract/guard/decide.ts';
import type {
  AccountPolicy,
  AllowRule,
  OneTimeAllowance,
  Policy,
} from '../../electron/contract/guard/policy.ts';
import type { Send } from '../../electron/contract/guard/send.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { sendOfAllowance } from '../store/claims.ts';

export type OwnerDecision = 'send-once' | 'allow-hour' | 'allow-always' | 'deny' | 'never';

const hourMs = 60 * 60_000;
const answerNote = 'Answered in Portcullis';

/** @returns the same policy when the decision is about this one message only */
export function withAnsweredRules(
  policy: Policy,
  send: BlockedSend,
  decision: OwnerDecision,
  now: number,
): Result<Policy, 'not-understood'> {
  if (decision === 'send-once' || decision === 'deny') return ok(policy);
  // The first rule of an account opens it to everybody else, and here it is not known which one was meant.
  if (send.rule === 'channel') return fail('not-understood');
  const addresses = answeredAddresses(send);
  if (addresses === null) return fail('not-understood');
  if (send.rule === 'secret' && decision !== 'never') {
    // There are no exemptions for a while.
    return decision === 'allow-always' ? ok(withExemptions(policy, send, addresses)) : fail('not-understood');
  }
  const until = decision === 'allow-hour' ? now + hourMs : null;
  const guarded = withAccount(policy, send);
  const written = new Set(answeredAccounts(guarded, send, decision));
  const accounts = guarded.accounts.map((entry) => {
    if (!written.has(entry)) return entry;
    return decision === 'never' ? denied(entry, addresses) : allowed(entry, addresses, until);
  });
  return ok({ ...guarded, accounts });
}

/** Replaces what earlier answers to this send left, and drops what has ended. */
export function withAllowance(policy: Policy, allowance: OneTimeAllowance, now: number): Policy {
  const sendId = sendOfAllowance(allowance.id);
  const others = policy.oneTime.filter(
    (entry) => entry.expiresAt > now && sendOfAllowance(entry.id) !== sendId,
  );
  return { ...policy, oneTime: [...others, allowance] };
}

export function allowancesFor(policy: Policy, sendId: string): readonly OneTimeAllowance[] {
  return policy.oneTime.filter((entry) => sendOfAllowance(entry.id) === sendId);
}

/** The stopped send as the policy judges it. A reply is not one any more when the owner answers about it. */
export function asSend(send: BlockedSend): Send {
  return {
    channel: send.channel,
    account: send.account,
    accounts: null,
    region: null,
    targets: send.targets.map(({ to, key, people }) => ({
      to: key ?? to,
      aliases: [],
      people,
      opened: false,
    })),
    textSha256: send.textSha256,
    media: send.media.length > 0,
    // The owner answers about what it carries as well.
    secrets: [],
  };
}

/** One address per recipient; the person where a conversation id has exactly one. Null: one is not understood. */
function answeredAddresses(send: BlockedSend): readonly string[] | null {
  const addresses = send.targets.map(({ key, people }) => {
    const alone = people.length === 1 ? people[0] : undefined;
    return key?.startsWith('chat_id:') === true ? (alone ?? key) : key;
  });
  const understood = addresses.filter((address) => address !== null);
  return understood.length === send.targets.length && understood.length > 0 ? [...new Set(understood)] : null;
}

/** Its recipients are allowed already; what it carries is not asked about again. */
function withExemptions(policy: Policy, send: BlockedSend, addresses: readonly string[]): Policy {
  const { channel, secrets = [] } = send;
  const added = addresses.flatMap((to) => secrets.map((kind) => ({ channel, to, kind })));
  const others = policy.content.exempt.filter(
    (entry) =>
      !added.some(({ to, kind }) => entry.channel === channel && entry.to === to && entry.kind === kind),
  );
  return { ...policy, content: { ...policy.content, exempt: [...others, ...added] } };
}

/** An account nobody guards stays unrestricted when it gets its first rule. */
function withAccount(policy: Policy, send: BlockedSend): Policy {
  if (accountsFor(policy, asSend(send)).length > 0) return policy;
  const entry: AccountPolicy = {
    channel: send.channel,
    account: send.account ?? 'default',
    unlisted: 'allow',
    pairingReply: 'send',
    allowTo: [],
    denyTo: [],
  };
  return { ...policy, accounts: [...policy.accounts, entry] };
}

function answeredAccounts(
  policy: Policy,
  send: BlockedSend,
  decision: OwnerDecision,
): readonly AccountPolicy[] {
  const accounts = accountsFor(policy, asSend(send));
  if (send.account !== null || decision === 'never') return accounts;
  return accounts.filter(({ unlisted }) => unlisted !== 'allow');
}

/** Never shortens an allowance that lasts longer, and keeps the owner's own note. */
function allowed(entry: AccountPolicy, addresses: readonly string[], until: number | null): AccountPolicy {
  const rules = addresses.map((to): AllowRule => {
    const before = entry.allowTo.find((rule) => rule.to === to);
    const note = before?.note === undefined || before.note === '' ? answerNote : before.note;
    return { to, until: before === undefined ? until : later(before.until, until), note };
  });
  const others = entry.allowTo.filter((rule) => !addresses.includes(rule.to));
  return { ...entry, allowTo: [...others, ...rules] };
}

function denied(entry: AccountPolicy, addresses: readonly string[]): AccountPolicy {
  const known = new Set(entry.denyTo.map(({ to }) => to));
  const added = addresses.filter((to) => !known.has(to)).map((to) => ({ to, note: answerNote }));
  return {
    ...entry,
    allowTo: entry.allowTo.filter((rule) => !addresses.includes(rule.to)),
    denyTo: [...entry.denyTo, ...added],
  };
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}
