/** What parent and keychain child say to each other. Both sides parse what they receive. */
import { z } from 'zod';

const name = z.string().min(1).max(300);
const item = { id: z.int().positive(), service: name, account: name };

export const requestSchema = z.discriminatedUnion('op', [
  z.strictObject({ ...item, op: z.literal('get') }),
  z.strictObject({ ...item, op: z.literal('set'), value: z.string().min(1) }),
  z.strictObject({ ...item, op: z.literal('delete') }),
]);

export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({
    id: z.int().positive(),
    ok: z.literal(true),
    /** The value, or null where there is none; of a delete, whether there was one. */
    value: z.union([z.string(), z.boolean(), z.null()]),
  }),
  z.strictObject({
    id: z.int().positive(),
    ok: z.literal(false),
    /** The keychain's words, for the log only. */
    reason: z.string().max(500),
  }),
]);

export type KeychainRequest = z.infer<typeof requestSchema>;
export type KeychainReply = z.infer<typeof replySchema>;
export type KeychainAnswer = Extract<KeychainReply, { ok: true }>['value'];

/** A request before it is numbered. */
export type KeychainQuestion = KeychainRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never;
