/** Ways past the transport guard that take more than one step, against the scripted imsg in both families. */
import { describe, expect, it } from 'vitest';
import { guardScenarios } from './guard-scenarios.fixture.ts';
import { createGuardedMac } from './guarded-mac.fixture.ts';
import { isKnownGap, knownGaps } from './known-gaps.fixture.ts';

describe('the guard in front of imsg stops', () => {
  it.each(guardScenarios)('$id', async ({ id, run }) => {
    const left: unknown[] = [];
    for (const mode of ['0.13', '0.15'] as const) {
      const guarded = createGuardedMac(mode);
      try {
        left.push(...(await run(guarded)));
      } finally {
        guarded.remove();
      }
    }
    expect(left).toEqual(isKnownGap('reaches', id) ? expect.arrayContaining([expect.anything()]) : []);
  });

  it('lists no gap for a scenario that is not there', () => {
    const ids = new Set(guardScenarios.map(({ id }) => id));
    const others = knownGaps.filter(({ id }) => !/^[CR]\d/.test(id) && !id.startsWith('program: '));
    expect(others.filter(({ id }) => !ids.has(id))).toEqual([]);
  });
});
