/** A message that was stopped: what plugin and transport guard write down and the app shows. Shared by all three. */
import { z } from 'zod';

export const guardPluginId = 'portcullis-guard';

/** Text beyond this is not kept (the message stays stopped, `textComplete` says so, and it cannot be sent from here). */
export const keptTextMax = 200_000;

export const blockedSendSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  layer: z.enum(['gateway-plugin', 'imsg-guard']),
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
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Files that were to be sent, as the sender named them. */
  media: z.array(z.string().max(2000)).max(50),
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

/** Payload of `plugin.portcullis-guard.blocked` and `.settled`: an invalidation; the content is read by RPC. */
export const guardEventSchema = z.object({
  id: z.string(),
  state: z.enum(['held', 'refused', 'allowed', 'sent', 'denied']),
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
