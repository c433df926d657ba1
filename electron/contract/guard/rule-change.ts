/** One edit of the send rules, as the window asks for it; each has an exact inverse (see `applyRuleChange`). */
import { z } from 'zod';
import { accountName, address, channelName, moment, region } from '../bounds.ts';
import { secretKinds, secretModes } from './content/secret-kinds.ts';
import type { Parsed } from '../parsed.ts';
import { sendLimit } from './send-limit-schema.ts';

/** The account a rule belongs to. */
export const ruleAccount = z.strictObject({ channel: channelName, account: accountName });
export type RuleAccount = Parsed<typeof ruleAccount>;

/** As many as one import may bring. */
const manyRules = 20_000;
const note = z.string().max(500);
const allowRules = z.array(z.strictObject({ to: address, until: moment.nullable(), note })).max(manyRules);
const denyRules = z.array(z.strictObject({ to: address, note })).max(manyRules);
const blockedPerson = z.strictObject({ channel: channelName, to: address, note });
const unlisted = z.enum(['allow', 'ask', 'deny']);
const pairingReply = z.enum(['send', 'silent']);

/** Everything an account entry says, and its place in the file. */
const accountEntry = z.strictObject({
  at: z.int().nonnegative(),
  unlisted,
  pairingReply,
  allowTo: allowRules,
  denyTo: denyRules,
});

export const ruleChange = z.discriminatedUnion('type', [
  /**
   * Adds rules, or replaces those for the same addresses in the same list. An account that was not guarded stays open
   * to recipients no rule names until the owner chooses otherwise.
   */
  ruleAccount.extend({ type: z.literal('allow'), rules: allowRules }),
  ruleAccount.extend({ type: z.literal('deny'), rules: denyRules }),
  ruleAccount.extend({
    type: z.literal('remove'),
    list: z.enum(['allowTo', 'denyTo']),
    to: z.array(address).max(manyRules),
  }),
  /** Starts guarding this account, changes what happens to recipients no rule names, or (null) forgets it. */
  ruleAccount.extend({ type: z.literal('unlisted'), unlisted: unlisted.nullable() }),
  ruleAccount.extend({ type: z.literal('pairing-reply'), pairingReply }),
  z.strictObject({ type: z.literal('block'), people: z.array(blockedPerson).max(manyRules) }),
  z.strictObject({
    type: z.literal('unblock'),
    people: z.array(blockedPerson.pick({ channel: true, to: true })).max(manyRules),
  }),
  /** The country of national numbers. Addresses that are listed already keep their meaning. */
  z.strictObject({ type: z.literal('region'), region }),
  /** What is asked about whoever it goes to, as a whole. */
  z.strictObject({
    type: z.literal('content'),
    content: z.strictObject({
      kinds: z.record(z.enum(secretKinds), z.enum(secretModes)),
      exempt: z
        .array(z.strictObject({ channel: channelName, to: address, kind: z.enum(secretKinds) }))
        .max(1000),
      own: z.array(z.strictObject({ channel: channelName, to: address })).max(100),
    }),
  }),
  z.strictObject({ type: z.literal('pause'), paused: z.boolean() }),
  /** How many messages may leave within a minute; null: as many as usual. */
  z.strictObject({ type: z.literal('limit'), limit: sendLimit.nullable() }),
  /** Puts a whole account back as it was, or (null) takes it away: how a change of its rules is undone. */
  ruleAccount.extend({ type: z.literal('account'), entry: accountEntry.nullable() }),
  /** Puts the whole list of blocked people back as it was. */
  z.strictObject({ type: z.literal('blocked'), people: z.array(blockedPerson).max(manyRules) }),
]);
export type RuleChange = Parsed<typeof ruleChange>;
