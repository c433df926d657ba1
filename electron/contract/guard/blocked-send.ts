/** A message that was stopped: what plugin and transport guard write down and the app shows. Shared by all three. */
import { z } from 'zod';
import { secretKinds } from './content/secret-kinds.ts';
import { surplusRule } from './send-limit.ts';
import { sendLimit } from './send-limit-schema.ts';

export const guardPluginId = 'portcullis-guard';

/** Text beyond this is not kept (the message stays stopped, `textComplete` says so, and it cannot be sent from here). */
export const keptTextMax = 200_000;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const stoppedFileSchema = z.strictObject({
  name: z.string().max(2000),
  bytes: z.int().nonnegative().nullable(),
  /** Of its bytes; null: could not be read (a remote address, too large), so the message cannot be sent once. */
  sha256: sha256.nullable(),
});
export type StoppedFile = Readonly<z.infer<typeof stoppedFileSchema>>;

/** Messages beyond the limit of a minute: one entry, and one question, for all of them. */
export const surplusSchema = z.strictObject({
  limit: sendLimit,
  /** The last of them, newest last; the beginning of each. `attempts` of the entry says how many there were. */
  messages: z
    .array(z.strictObject({ to: z.string().max(400), text: z.string().max(1000), textComplete: z.boolean() }))
    .max(20),
});
export type Surplus = Readonly<z.infer<typeof surplusSchema>>;

export const blockedSendSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  layer: z.enum(['gateway-plugin', 'imsg-guard', 'command']),
  /**
   * `held`: the sender is waiting for the owner's answer. `refused`: was not sent; the owner can still send it.
   * `allowed`: the owner said "send once"; waiting for that one send.
   */
  state: z.enum(['held', 'refused', 'allowed']),
  channel: z.string().max(64),
  account: z.string().max(128).nullable(),
  /** What kind of send: `text`, or the tool action, imsg command or imsg method that was stopped. */
  action: z.string().max(64),
  /** Recipients as the sender wrote them, with the canonical address where there is one. */
  targets: z
    .array(
      z.strictObject({
        to: z.string().max(1000),
        key: z.string().max(400).nullable(),
        people: z.array(z.string().max(400)).max(200),
      }),
    )
    .max(100),
  text: z.string().max(keptTextMax),
  textComplete: z.boolean(),
  textSha256: sha256,
  /** Files that were to be sent, as the sender named them. */
  media: z.array(z.string().max(2000)).max(50),
  /** The same files as they were when the message was stopped; an older guard did not look. */
  files: z.array(stoppedFileSchema).max(50).optional(),
  /** What it carries of the kinds its owner wants to know about; an older guard did not look. */
  secrets: z.array(z.enum(secretKinds)).max(secretKinds.length).optional(),
  /** Who caused it, where known. */
  cause: z.strictObject({
    agentId: z.string().max(200).nullable(),
    sessionKey: z.string().max(400).nullable(),
    runId: z.string().max(200).nullable(),
    /** The process that asked, for sends outside the gateway: its id and command line, bounded. */
    process: z.string().max(400).nullable(),
  }),
  /** The rule that stopped it, as `decide` names it. */
  rule: z.string().max(64),
  /** Something was sent to or received from every recipient here before; null: not known. */
  contacted: z.boolean().nullable().default(null),
  /** This entry stands for messages beyond the limit: then it has no text of its own, and `targets` are recipients of any. */
  surplus: surplusSchema.optional(),
  /** Epoch ms. */
  createdAt: z.int().nonnegative(),
  lastAt: z.int().nonnegative(),
  /** How often the same message was tried. */
  attempts: z.int().positive(),
  /** Held: when it will be refused by itself. Allowed: until when the one send may happen. Refused: null. */
  until: z.int().nonnegative().nullable(),
  /** Which run of the gateway holds it; another run's hold is a refused send. */
  holder: z.string().max(64).nullable(),
});

export type BlockedSend = Readonly<z.infer<typeof blockedSendSchema>>;

/** A stopped message as `list` and the events tell of it. */
export const shownSendSchema = blockedSendSchema.extend({
  /** Stands for everything the owner is shown of it; an answer names it, and counts for nothing else. */
  shown: sha256,
});
export type ShownSend = Readonly<z.infer<typeof shownSendSchema>>;

/** Payload of `plugin.portcullis-guard.blocked` and `.settled`. */
export const guardEventSchema = z.object({
  id: z.string(),
  state: z.enum(['held', 'refused', 'allowed', 'sent', 'denied']),
  /** With `blocked`: the message itself, unless it is too large for an event or the plugin older. Parsed by its reader. */
  entry: z.unknown().optional(),
});
export type GuardEvent = Readonly<z.infer<typeof guardEventSchema>>;

/** The texts that can be sent again exactly: plain text, whole, to one recipient. */
export function canBeSentAgain(send: BlockedSend): boolean {
  return send.action === 'text' && send.textComplete && send.media.length === 0 && send.targets.length === 1;
}

/** The owner had already said no to this recipient: the message stays stopped, and nobody is asked about it. */
export function isForbidden({ rule }: Pick<BlockedSend, 'rule'>): boolean {
  return rule === 'denied' || rule === 'blocked';
}

/** It stands for messages beyond the limit of a minute, and has no text of its own. */
export function isSurplus<T extends Pick<BlockedSend, 'rule' | 'surplus'>>(
  send: T,
): send is T & { readonly surplus: Surplus } {
  return send.rule === surplusRule && send.surplus !== undefined;
}
