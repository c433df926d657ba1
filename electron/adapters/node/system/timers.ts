/** The machine's timers as a port, for waits of any length. */
import type { Stop, Timers } from '../../../core/ports.ts';

/** setTimeout's limit, 2^31 - 1 ms (24.8 days); anything longer it runs at once. */
const longestWaitMs = 2_147_483_647;

export const systemTimers: Timers = {
  after(delayMs: number, run: () => void): Stop {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const stepMs = Math.min(leftMs, longestWaitMs);
      timer = setTimeout(() => {
        if (leftMs > stepMs) wait(leftMs - stepMs);
        else run();
      }, stepMs);
    };
    wait(delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
