/** Whatever reaches somebody over the guard reaches somebody the rules list, as the scripted imsg tells who that is. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFullTier } from '../../build/vitest/tier.fixture.ts';
import { anyCall } from './guarded-imsg.arbitrary.ts';
import { createGuardedMac } from './guarded-mac.fixture.ts';
import type { GuardedMac } from './guarded-mac.fixture.ts';
import { modes } from './imsg-world.fixture.ts';

const numRuns = isFullTier ? 100_000 : 2_000;

let macs: readonly GuardedMac[];
beforeAll(() => {
  macs = modes.map((mode) => createGuardedMac(mode));
});
afterAll(() => {
  for (const mac of macs) mac.remove();
});

it('reaches nobody who is not listed', { timeout: 60 * 60_000 }, async () => {
  let reached = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...modes.keys()), anyCall, async (at, call) => {
      const guarded = macs[at];
      if (guarded === undefined) return;
      rmSync(join(guarded.mac.folder, 'log.jsonl'), { force: true });
      rmSync(guarded.bench.files.spool, { recursive: true, force: true });
      await guarded.ask(call);
      expect(guarded.leaked()).toEqual([]);
      reached += guarded.mac.reached().length;
    }),
    { numRuns },
  );
  // Most tries are stopped; if all were, nothing would be proven.
  expect(reached).toBeGreaterThan(numRuns / 50);
});
