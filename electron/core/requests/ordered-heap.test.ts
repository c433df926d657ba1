import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedHeap, type HeapHandle } from './ordered-heap.ts';
import { Tombstones } from './tombstones.ts';

interface Item {
  rank: number;
  readonly name: number;
}

describe('OrderedHeap', () => {
  it('behaves like a sorted array under any additions, removals and moves', () => {
    const step = fc.record({
      action: fc.constantFrom('add', 'add', 'remove', 'move'),
      rank: fc.nat(50),
      pick: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), fc.nat(20), (steps, count) => {
        const heap = new OrderedHeap<Item>(
          (a, b) => a.rank - b.rank < 0 || (a.rank === b.rank && a.name < b.name),
        );
        const handles: HeapHandle<Item>[] = [];
        steps.forEach(({ action, rank, pick }, name) => {
          const at = pick % Math.max(handles.length, 1);
          const handle = handles[at];
          if (action === 'add') handles.push(heap.add({ rank, name }));
          else if (handle === undefined) return;
          else if (action === 'move') {
            handle.item.rank = rank;
            heap.moved(handle);
          } else {
            heap.remove(handle);
            heap.remove(handle);
            handles.splice(at, 1);
          }
        });
        const sorted = handles.map(({ item }) => item).sort((a, b) => a.rank - b.rank || a.name - b.name);
        expect(heap.size).toBe(sorted.length);
        expect(heap.first()).toEqual(sorted[0] ?? null);
        expect(heap.firstOf(count)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});

describe('Tombstones', () => {
  const stone = { seq: 1, outcome: null, final: true, last: null };

  it('forget the oldest first and never hold more than their capacity', () => {
    const stones = new Tombstones(3);
    for (const key of ['a', 'b', 'a', 'c', 'd']) stones.set(key, stone);
    expect(['a', 'b', 'c', 'd'].map((key) => stones.get(key) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('are empty after clear', () => {
    const stones = new Tombstones(2);
    stones.set('a', stone);
    stones.clear();
    stones.set('b', stone);
    stones.set('c', stone);
    expect([stones.get('a'), stones.get('b'), stones.get('c')]).toEqual([undefined, stone, stone]);
  });
});
