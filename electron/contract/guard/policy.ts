/**
 * The send policy: who may be written to, per channel and account. One schema for app, gateway plugin and transport
 * guard; the file is meant to be read (and if need be edited) by hand.
 */
import { z } from 'zod';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import { allowableAddress, personAddress } from './address.ts';
import { canonicalAccount, canonicalChannel } from './channel-ids.ts';
import { secretKinds, secretModes, usualContentRules, usualKinds } from './content/secret-kinds.ts';
import type { ContentRules } from './content/secret-kinds.ts';
import { hasDuplicateKey } from './json-keys.ts';
import { sendLimit } from './send-limit-schema.ts';
import type { SendLimit } from './send-limit.ts';

export const policyVersion = 1;
/** Larger files are refused unread: no owner has this many rules, and the transport guard reads it per send. */
export const policyMaxBytes = 4 * 1024 * 1024;

/** What happens to a recipient no rule names. */
export type Unlisted = 'allow' | 'ask' | 'deny';

/** The gateway's automatic answer to a stranger: sent as usual, or swallowed while the request still reaches the owner. */
export type PairingReply = 'send' | 'silent';

export interface AllowRule {
  /** Canonical address. */
  readonly to: string;
  /** Epoch ms after which the rule is void; null = always. */
  readonly until: number | null;
  readonly note: string;
}

export interface DenyRule {
  readonly to: string;
  readonly note: string;
}

export interface AccountPolicy {
  readonly channel: string;
  readonly account: string;
  readonly unlisted: Unlisted;
  readonly pairingReply: PairingReply;
  readonly allowTo: readonly AllowRule[];
  readonly denyTo: readonly DenyRule[];
}

/** Lets exactly one message through: this text to this recipient, once, before it expires. */
export interface OneTimeAllowance {
  readonly id: string;
  readonly channel: string;
  readonly account: string;
  readonly to: string;
  /** Lower-case hex SHA-256 of the UTF-8 text as it was shown to the owner. */
  readonly textSha256: string;
  /** The message carries files as well; without this only text leaves. */
  readonly media: boolean;
  readonly expiresAt: number;
}

export interface BlockedPerson {
  readonly channel: string;
  readonly to: string;
  readonly note: string;
}

export interface Policy {
  readonly version: typeof policyVersion;
  /** Grows with every change; a writer names the revision it saw. */
  readonly revision: number;
  /**
   * Country of national numbers in these rules, e.g. "AT"; null: only international spellings are understood. A send
   * brings the country its channel dials in.
   */
  readonly region: string | null;
  /** Nothing leaves on any channel until this is false again. */
  readonly paused: boolean;
  /** Not there: the usual one. Read it with `sendLimitOf`. */
  readonly limit?: SendLimit | undefined;
  /** An account that is not listed here is unrestricted. */
  readonly accounts: readonly AccountPolicy[];
  readonly oneTime: readonly OneTimeAllowance[];
  /** People who are never written to on a channel, whatever else is listed. */
  readonly blocked: readonly BlockedPerson[];
  /** What is asked about even where the recipient is allowed; holds on every account that has rules. */
  readonly content: ContentRules;
}

export const emptyPolicy: Policy = {
  version: policyVersion,
  revision: 0,
  region: null,
  paused: false,
  accounts: [],
  oneTime: [],
  blocked: [],
  content: usualContentRules,
};

const channel = z
  .string()
  .transform(canonicalChannel)
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'A channel id such as "imessage".'));
const account = z.string().trim().min(1).max(128);
const recipient = z.string().min(1).max(400);
const note = z.string().max(500).default('');
const moment = z.int().nonnegative();
const mode = z.enum(secretModes);

const contentShape = z.strictObject({
  kinds: z
    .strictObject({
      'private-key': mode.default(usualKinds['private-key']),
      token: mode.default(usualKinds.token),
      'card-number': mode.default(usualKinds['card-number']),
      'seed-phrase': mode.default(usualKinds['seed-phrase']),
    })
    .default(usualKinds),
  exempt: z
    .array(z.strictObject({ channel, to: recipient, kind: z.enum(secretKinds) }))
    .max(1000)
    .default([]),
  own: z
    .array(z.strictObject({ channel, to: recipient }))
    .max(100)
    .default([]),
});

const policyShape = z.strictObject({
  version: z.literal(policyVersion),
  revision: z.int().nonnegative(),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/, 'A country code such as "AT".')
    .nullable()
    .default(null),
  paused: z.boolean().default(false),
  limit: sendLimit.optional(),
  accounts: z
    .array(
      z.strictObject({
        channel,
        account,
        unlisted: z.enum(['allow', 'ask', 'deny']),
        pairingReply: z.enum(['send', 'silent']).default('send'),
        allowTo: z
          .array(z.strictObject({ to: recipient, until: moment.nullable().default(null), note }))
          .max(20_000)
          .default([]),
        denyTo: z
          .array(z.strictObject({ to: recipient, note }))
          .max(20_000)
          .default([]),
      }),
    )
    .max(200)
    .default([]),
  oneTime: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
        channel,
        account,
        to: recipient,
        textSha256: z.string().regex(/^[0-9a-f]{64}$/),
        media: z.boolean().default(false),
        expiresAt: moment,
      }),
    )
    .max(1000)
    .default([]),
  blocked: z
    .array(z.strictObject({ channel, to: recipient, note }))
    .max(20_000)
    .default([]),
  content: contentShape.default({ ...usualContentRules, exempt: [], own: [] }),
});

/** Where the policy is wrong and why, for the owner; e.g. `accounts.0.denyTo.2.to`. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * Parses the text of a policy file. Every address and channel comes back canonical. One entry that cannot be
 * understood makes the whole policy unreadable: a deny rule nobody can match would otherwise silently allow.
 */
export function parsePolicyText(text: string): Result<Policy, PolicyProblem> {
  if (text.length > policyMaxBytes) return fail({ path: '', message: 'The policy file is too large.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ path: '', message: 'The policy file is not valid JSON.' });
  }
  // Of two lists with one name the parser keeps the second, which may well be the empty one.
  if (hasDuplicateKey(text)) return fail({ path: '', message: 'A name is written twice in one object.' });
  return parsePolicy(value);
}

export function parsePolicy(value: unknown): Result<Policy, PolicyProblem> {
  const parsed = policyShape.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail({ path: issue?.path.join('.') ?? '', message: issue?.message ?? 'The policy is not valid.' });
  }
  return canonical(parsed.data);
}

/** The file text of a policy: indented, so that an owner can read and compare it. */
export function formatPolicy(policy: Policy): string {
  return `${JSON.stringify(writtenPolicy(policy), null, 2)}\n`;
}

/** A guard from before messages were looked into reads it as well, for as long as the owner asks for nothing unusual. */
export function writtenPolicy(policy: Policy): Omit<Policy, 'content'> & Partial<Policy> {
  const { content, ...others } = policy;
  return JSON.stringify(content) === JSON.stringify(usualContentRules) ? others : policy;
}

function canonical(policy: Policy): Result<Policy, PolicyProblem> {
  const problems: PolicyProblem[] = [];
  const read: ReadEntries = (entries, path, readAddress, channelOf) =>
    entries.map((entry, index) => {
      const address = readAddress(entry.to, { channel: channelOf(entry), region: policy.region });
      if (address.ok) return { ...entry, to: address.value.key };
      const message = `This recipient is not understood (${address.error}).`;
      problems.push({ path: `${path}.${String(index)}.to`, message });
      return entry;
    });
  const accounts = policy.accounts.map((entry, index) => ({
    ...entry,
    allowTo: read(entry.allowTo, `accounts.${String(index)}.allowTo`, allowableAddress, () => entry.channel),
    denyTo: read(entry.denyTo, `accounts.${String(index)}.denyTo`, personAddress, () => entry.channel),
  }));
  const oneTime = read(policy.oneTime, 'oneTime', allowableAddress, (entry) => entry.channel);
  const blocked = read(policy.blocked, 'blocked', personAddress, (entry) => entry.channel);
  const content = {
    ...policy.content,
    exempt: read(policy.content.exempt, 'content.exempt', allowableAddress, (entry) => entry.channel),
    own: read(policy.content.own, 'content.own', allowableAddress, (entry) => entry.channel),
  };
  const problem = problems[0] ?? listedTwice(accounts);
  return problem === undefined ? ok({ ...policy, accounts, oneTime, blocked, content }) : fail(problem);
}

type ReadEntries = <T extends { readonly to: string }>(
  entries: readonly T[],
  path: string,
  readAddress: typeof personAddress,
  channelOf: (entry: T) => string,
) => readonly T[];

function listedTwice(accounts: readonly AccountPolicy[]): PolicyProblem | undefined {
  const names = accounts.map((entry) => `${entry.channel} ${canonicalAccount(entry.account)}`);
  const index = names.findIndex((name, position) => names.indexOf(name) !== position);
  return index < 0
    ? undefined
    : { path: `accounts.${String(index)}`, message: 'This account is listed twice.' };
}
