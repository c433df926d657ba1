/** For what holds, or is worded, by the second: the clock stands still, however long a busy machine takes. */
import { onTestFinished, vi } from 'vitest';

/** At a whole second, until the end of the test; timers go on. `vi.setSystemTime` moves it. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 1000) * 1000 });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}
