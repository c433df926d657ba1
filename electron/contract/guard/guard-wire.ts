/** What the guard plugin tells beside the stopped messages themselves. Additive: an older plugin leaves fields out. */
import { z } from 'zod';

/** Grows when the plugin's gateway methods mean something else. 1: those that did not tell. */
export const guardProtocol = 2;

/** `details.reason`, and the code, of an answer to a stopped message that is not the one the owner was shown any more. */
export const changedSinceShown = 'CHANGED';

const count = z.int().nonnegative();

/** One rule that is there, or gone, without Portcullis having written it. */
const outsideChangeSchema = z.object({
  change: z.enum(['added', 'removed']),
  list: z.enum(['allowTo', 'denyTo', 'blocked', 'setting']),
  channel: z.string().max(64),
  /** Null for blocked people, who are blocked on every account of the channel. */
  account: z.string().max(128).nullable(),
  /** Canonical address; for a setting what it says, e.g. `unlisted: allow`. */
  to: z.string().max(400),
});
export type OutsideChange = Readonly<z.infer<typeof outsideChangeSchema>>;

/**
 * `missing`: the guard was set up and its rules are gone. `misspelt`: a rule is for a channel or account the gateway
 * does not have. Nothing unlisted leaves in either state, nor in `unreadable`.
 */
export const rulesStateSchema = z.object({
  state: z.enum(['ready', 'missing', 'unreadable', 'misspelt']),
  /** Set while the rules say something else than what Portcullis wrote last. */
  changedBy: z
    .object({
      added: count,
      removed: count,
      /** The first of them. */
      entries: z.array(outsideChangeSchema).max(50),
    })
    .optional(),
});
export type RulesState = Readonly<z.infer<typeof rulesStateSchema>>;
