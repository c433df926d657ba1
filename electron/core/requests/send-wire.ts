/**
 * A stopped message as the guard plugin lists it, parsed. The guard's own schema, except that fields a newer plugin
 * may add do not make the entry unreadable.
 */
import { z } from 'zod';
import {
  blockedSendSchema,
  shownSendSchema,
  stoppedFileSchema,
  surplusSchema,
} from '../../contract/guard/blocked-send.ts';
import { sendLimit } from '../../contract/guard/send-limit-schema.ts';

const { targets, cause } = blockedSendSchema.shape;
const { messages } = surplusSchema.shape;

export const sendWire = z.object({
  ...blockedSendSchema.shape,
  targets: z.array(z.object(targets.element.shape)).max(100),
  cause: z.object(cause.shape),
  files: z.array(z.object(stoppedFileSchema.shape)).max(50).optional(),
  surplus: z
    .object({
      limit: z.object(sendLimit.shape),
      messages: z.array(z.object(messages.element.shape)).max(20),
    })
    .optional(),
  /** An older plugin does not tell. */
  shown: shownSendSchema.shape.shown.optional(),
  contacted: blockedSendSchema.shape.contacted.catch(null),
});
export type SendWire = Readonly<z.infer<typeof sendWire>>;

/** `omitted`: ids whose text would have made the answer too large; they are still stopped. */
export const sendListWire = z.object({
  sends: z.array(z.unknown()),
  omitted: z.array(z.string().max(256)).catch([]),
});

/** Answer of `portcullis-guard.resolve`. */
export const sendResolvedWire = z.object({
  /** False: somebody was faster, or it ended by itself; `state` is how. */
  applied: z.boolean(),
  state: z.enum(['held', 'refused', 'allowed', 'sent', 'denied']),
  /** Parameters of the gateway's `send` that deliver it now; null: nothing is left to do for us. */
  send: z.looseObject({ idempotencyKey: z.string().min(1) }).nullable(),
});
