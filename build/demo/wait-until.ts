/** Polls a condition with a deadline, for things that announce themselves in no other way. */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @param look returns undefined while it has not happened yet
 * @throws Error "<what> did not happen within …" at the deadline
 */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  deadlineMs: number,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() >= end) throw new Error(`${what} did not happen within ${String(deadlineMs / 1000)} s.`);
    await delay(everyMs);
  }
}
