/** How long to wait before the next try. */

const FIRST_MS = 1_000;
const LAST_MS = 30_000;
/** Apps that lost the same gateway at the same moment must not all come back at the same moment. */
const JITTER = 0.2;

/**
 * @param attempt failed tries in a row, from 1
 * @param fraction chance, 0 <= fraction < 1
 * @returns milliseconds: 1 s, 2 s, 4 s … 30 s, each ± 20 %, never above 30 s
 */
export function backoffMs(attempt: number, fraction: number): number {
  const steady = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  const jittered = steady * (1 - JITTER + 2 * JITTER * fraction);
  return Math.round(Math.min(LAST_MS, jittered));
}
