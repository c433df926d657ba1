/** The machine's clock as a port. */
import type { Clock } from '../../../core/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };

/** Milliseconds since some moment; nobody who sets the clock moves it. Time the machine sleeps may not count. */
export function monotonicNow(): number {
  return performance.now();
}
