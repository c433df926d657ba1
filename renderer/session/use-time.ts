/** Time as React state: a slow tick for words like "2 min ago", and an exact moment for deadlines. */
import { useCallback, useSyncExternalStore } from 'react';

const tickMs = 1000;
/** Timers may fire a little early; waiting slightly longer makes one wake-up enough. */
const slackMs = 15;

/** This machine's clock, epoch ms; for holds the window itself decides on. */
export const machineClock = (): number => Date.now();

function onTick(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}

/** The given clock, cut to whole seconds; re-renders about once a second. */
export function useSeconds(now: () => number): number {
  return useSyncExternalStore(onTick, () => Math.floor(now() / tickMs) * tickMs);
}

/** Whether `deadline` (by the given clock, epoch ms) has passed; re-renders once, when it does. */
export function useHasPassed(deadline: number, now: () => number): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const remainingMs = deadline - now();
      if (remainingMs <= 0) return () => undefined;
      const timer = setTimeout(listener, remainingMs + slackMs);
      return () => clearTimeout(timer);
    },
    [deadline, now],
  );
  return useSyncExternalStore(subscribe, () => now() >= deadline);
}
