import { describe, expect, it } from 'vitest';
import { burstMs, inBursts } from './bursts.ts';

const minute = 60_000;
const asked = (...asks: readonly (readonly [who: string, minutes: number])[]) =>
  asks.map(([who, minutes]) => ({ who, at: minutes * minute }));
const names = (asks: ReturnType<typeof asked>) =>
  inBursts(asks).map(({ who, at }) => `${who}${String(at / minute)}`);

describe('a burst', () => {
  it.each([
    { what: 'two people', asks: asked(['a', 0], ['b', 1]), found: [] },
    { what: 'one person three times', asks: asked(['a', 0], ['a', 1], ['a', 2]), found: [] },
    { what: 'three people at once', asks: asked(['a', 0], ['b', 0], ['c', 0]), found: ['a0', 'b0', 'c0'] },
    {
      what: 'three within ten minutes',
      asks: asked(['a', 0], ['b', 5], ['c', 10]),
      found: ['a0', 'b5', 'c10'],
    },
    { what: 'three in eleven minutes', asks: asked(['a', 0], ['b', 5], ['c', 11]), found: [] },
    {
      what: 'those who go on, but not those long before or after',
      asks: asked(['z', 0], ['a', 20], ['b', 21], ['c', 22], ['d', 29], ['e', 45]),
      found: ['a20', 'b21', 'c22', 'd29'],
    },
    {
      what: 'two bursts apart from each other',
      asks: asked(['a', 0], ['b', 1], ['c', 2], ['d', 60], ['e', 61], ['f', 62]),
      found: ['a0', 'b1', 'c2', 'd60', 'e61', 'f62'],
    },
    {
      what: 'whatever order they come in',
      asks: asked(['c', 2], ['a', 0], ['b', 1], ['a', 1]),
      found: ['a0', 'b1', 'a1', 'c2'],
    },
  ])('$what', ({ asks, found }) => {
    expect(names(asks)).toEqual(found);
  });

  it('is found in very many requests without looking at each pair', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ({ who: String(index), at: index * burstMs }));
    expect(inBursts(many)).toEqual([]);
    expect(inBursts(many.map(({ who }) => ({ who, at: 7 })))).toHaveLength(50_000);
  });
});
