/** How an edit of the gateway's config is taken back; kept as JSON, so it has a schema. */
import { z } from 'zod';
import type { Json } from './json.ts';

/** One piece of text put back: `length` UTF-16 units at `at` become `text`. */
export interface ConfigSplice {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** One changed value; absent `before` or `after`: it was or is not set. */
export interface ConfigValueChange {
  readonly path: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
}

/** How to take an edit back. Holds nothing of the file but what was changed, and may be kept as JSON. */
export interface ConfigUndo {
  /** Of the config after the edit: the splices hold for exactly this text, in this order. */
  readonly hash: string;
  readonly splices: readonly ConfigSplice[];
  readonly changes: readonly ConfigValueChange[];
  /** Objects that did not exist before, outermost first. */
  readonly created: readonly (readonly string[])[];
}

/** SHA-256 of a file on this machine, or how a gateway on another one names a version of its config. */
export const configHash = z.string().regex(/^(?:[0-9a-f]{64}|hmac-sha256:v1:[\w-]{16,128})$/);

const path = z.array(z.string()).min(1);
const json: z.ZodType<Json> = z.json();

export const configUndoSchema: z.ZodType<ConfigUndo> = z.strictObject({
  hash: configHash,
  splices: z.array(
    z.strictObject({ at: z.int().nonnegative(), length: z.int().nonnegative(), text: z.string() }),
  ),
  changes: z.array(z.strictObject({ path, before: json.exactOptional(), after: json.exactOptional() })),
  created: z.array(path),
});
