import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from one second to thirty and stays there', () => {
    const middle = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => backoffMs(attempt, 0.5));
    expect(middle).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads tries by a fifth to either side, never beyond thirty seconds', () => {
    expect([backoffMs(1, 0), backoffMs(1, 0.999), backoffMs(9, 0), backoffMs(9, 0.999)]).toEqual([
      800, 1_200, 24_000, 30_000,
    ]);
  });
});
