/** How an edit of the gateway's config is taken back; kept as JSON, so it has a schema. */
import { z } from 'zod';
import type { Parsed } from '../parsed.ts';
import type { Json } from './json.ts';

/** SHA-256 of a file on this machine, or how a gateway on another one names a version of its config. */
export const configHash = z.string().regex(/^(?:[0-9a-f]{64}|hmac-sha256:v1:[\w-]{16,128})$/);

const path = z.array(z.string()).min(1);
const json: z.ZodType<Json> = z.json();

/** One piece of text put back: `length` UTF-16 units at `at` become `text`. */
const splice = z.strictObject({ at: z.int().nonnegative(), length: z.int().nonnegative(), text: z.string() });
export type ConfigSplice = Parsed<typeof splice>;

/** One changed value; absent `before` or `after`: it was or is not set. */
const valueChange = z.strictObject({ path, before: json.exactOptional(), after: json.exactOptional() });
export type ConfigValueChange = Parsed<typeof valueChange>;

/** How to take an edit back. Holds nothing of the file but what was changed. */
export const configUndoSchema = z.strictObject({
  /** Of the config after the edit: the splices hold for exactly this text, in this order. */
  hash: configHash,
  splices: z.array(splice),
  changes: z.array(valueChange),
  /** Objects that did not exist before, outermost first. */
  created: z.array(path),
});
export type ConfigUndo = Parsed<typeof configUndoSchema>;
