/**
 * How long `vi.waitFor` asks again before it gives up. Its own second is no sign of a fault on a busy machine: a wait ends
 * when what is waited for has happened, or just before the test's time is up, so that it can still say what was missing.
 */
import { inject, vi } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Milliseconds; of the project, a little less than its tests may take. */
    readonly patienceMs: number;
  }
}

export const patienceMs = inject('patienceMs');

const { waitFor } = vi;
vi.waitFor = (callback, options = {}) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(callback, { timeout: patienceMs, ...given });
};
