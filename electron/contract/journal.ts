/**
 * The journal's entries: who asked, what was decided, what was changed, for the owner to look up later. Names and
 * addresses are in it, as display text; the text of a message or a secret never is.
 */
import { z } from 'zod';
import { guardSetupAction } from './guard/setup-input.ts';
import { requestKinds } from './request.ts';
import { setupAccesses } from './setup-code.ts';

/** Grows when an entry written by an older Portcullis would be misread. */
export const journalVersion = 1;

/** Display text, safe and bounded already; one shown character can be many code units. */
const shown = z.string().max(4_000);
const requestKind = z.enum(requestKinds);
const by = z.enum(['us', 'elsewhere']);

const factSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request-arrived'),
    /** `<kind>:<gateway's own id>` */
    key: z.string().max(300),
    request: requestKind,
    who: shown,
    channel: shown.nullable(),
  }),
  z.strictObject({
    kind: z.literal('answered'),
    key: z.string().max(300),
    request: requestKind,
    who: shown,
    channel: shown.nullable(),
    /** `expired`: nobody answered in time. */
    decision: z.enum(['approved', 'denied', 'withdrawn', 'expired']),
    /** `nobody`: its time was up. */
    by: z.enum(['us', 'elsewhere', 'nobody']),
  }),
  z.strictObject({
    kind: z.literal('suspicious-activity'),
    /**
     * `burst`: several strangers in a short time. `queue-full`: the gateway drops further ones. `repeated`: one sender
     * again and again.
     */
    what: z.enum(['burst', 'queue-full', 'repeated']),
    channel: shown.nullable(),
    count: z.int().nonnegative(),
  }),
  /** `summary`: the change in words. */
  z.strictObject({ kind: z.literal('rules-changed'), by, summary: shown }),
  z.strictObject({ kind: z.literal('config-changed'), by, summary: shown }),
  z.strictObject({
    kind: z.literal('setup'),
    part: z.enum(['plugin', 'strict']),
    action: guardSetupAction,
    outcome: z.enum(['done', 'failed', 'undone']),
  }),
  z.strictObject({
    kind: z.literal('setup-code-made'),
    access: z.enum(setupAccesses).nullable(),
  }),
  z.strictObject({ kind: z.literal('setup-code-used'), device: shown.nullable() }),
]);

/** What happened, before it is dated. */
export type JournalFact = z.infer<typeof factSchema>;

export const journalEntrySchema = z.strictObject({
  v: z.literal(journalVersion),
  /** Epoch ms, this machine's clock. */
  at: z.int().nonnegative(),
  fact: factSchema,
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;
