/** What is remembered of people who asked to be let in, as it is kept on disk between starts. */
import { z } from 'zod';
import { mostAsksCounted } from '../../contract/stranger-texts.ts';

export const mostAskers = 2_000;
/** Of all of them together: a file of some megabytes at the worst. */
export const mostAsks = 20_000;
/** Ids come from outside; what is longer is compared by its beginning. */
const mostIdLength = 400;

const id = z.string().min(1).max(mostIdLength);
const time = z.int().nonnegative();

const ask = z.strictObject({
  /** The gateway's request id. */
  id,
  /** Epoch ms, our clock. */
  at: time,
  /** One of many at once: the alarm stands for it, it gets no notification of its own. */
  inBurst: z.boolean(),
  /** The owner turned it away here. */
  denied: z.boolean(),
});

const asker = z.strictObject({
  gateway: z.string().max(mostIdLength),
  channel: id,
  account: id,
  sender: id,
  /** Oldest first. */
  asks: z.array(ask).max(mostAsksCounted),
  /** The request the owner was last notified of, and when. */
  announced: z.strictObject({ id, at: time }).nullable(),
});

export const askStateSchema = z.strictObject({
  version: z.literal(1),
  /** The one who has been silent longest first. */
  askers: z.array(asker).max(mostAskers),
  /** The latest time many strangers asked at once. */
  burst: z.strictObject({ startedAt: time, lastAt: time }).nullable(),
});

export type AskState = z.infer<typeof askStateSchema>;
export type Asker = z.infer<typeof asker>;
export type Ask = z.infer<typeof ask>;

export const noAsks: AskState = { version: 1, askers: [], burst: null };

/** As it is compared and kept. */
export function bounded(text: string): string {
  return text.slice(0, mostIdLength);
}
