import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../contract/snapshot.fixture.ts';
import type { AppSnapshot } from '../contract/snapshot.ts';
import { AppStore } from './app-store.ts';

const initial: AppSnapshot = { ...firstSnapshot, seq: 0, now: 1000 };

function openStore() {
  const turn: (() => void)[] = [];
  let time = 1000;
  const store = new AppStore({
    initial,
    clock: { now: () => (time += 1) },
    schedule: (run) => turn.push(run),
  });
  const endTurn = (): void => {
    for (const run of turn.splice(0)) run();
  };
  const seen: AppSnapshot[] = [];
  const stop = store.subscribe((snapshot) => seen.push(snapshot));
  return { store, seen, stop, endTurn };
}

const setCount = (openCount: number) => (current: AppSnapshot) => ({ ...current, openCount });

describe('the app store', () => {
  it('starts with the snapshot it is given and tells nobody', () => {
    const { store, seen, endTurn } = openStore();
    endTurn();
    expect(store.get()).toEqual(initial);
    expect(seen).toEqual([]);
  });

  it('makes each change visible at once and numbers and dates it', () => {
    const { store } = openStore();
    store.update(setCount(3));
    expect(store.get()).toEqual({ ...initial, openCount: 3, seq: 1, now: 1001 });
  });

  it('does not let a change choose its own number', () => {
    const { store } = openStore();
    store.update((current) => ({ ...current, seq: 99, openCount: 1 }));
    expect(store.get().seq).toBe(1);
  });

  it('tells listeners once per turn, with the newest snapshot', () => {
    const { store, seen, endTurn } = openStore();
    store.update(setCount(1));
    store.update(setCount(2));
    expect(seen).toEqual([]);
    endTurn();
    expect(seen).toEqual([store.get()]);
    expect(seen[0]?.openCount).toBe(2);
  });

  it('treats the same object handed back as no change', () => {
    const { store, seen, endTurn } = openStore();
    store.update((current) => current);
    endTurn();
    expect([store.get(), seen]).toEqual([initial, []]);
  });

  it('tells a change made by a listener in the next turn', () => {
    const { store, seen, endTurn } = openStore();
    const stop = store.subscribe(() => {
      stop();
      store.update(setCount(8));
    });
    store.update(setCount(7));
    endTurn();
    expect(seen.map((snapshot) => snapshot.openCount)).toEqual([7]);
    endTurn();
    expect(seen.map((snapshot) => snapshot.openCount)).toEqual([7, 8]);
  });

  it('does not call a listener that stopped, even one stopped by another listener', () => {
    const { store, seen, stop, endTurn } = openStore();
    let late = 0;
    const ends: { second?: () => void } = {};
    store.subscribe(() => ends.second?.());
    ends.second = store.subscribe(() => (late += 1));
    stop();
    store.update(setCount(1));
    endTurn();
    expect([seen, late]).toEqual([[], 0]);
  });

  it('keeps two subscriptions of the same function apart', () => {
    const { store, endTurn } = openStore();
    let calls = 0;
    const count = (): void => {
      calls += 1;
    };
    store.subscribe(count);
    store.subscribe(count)();
    store.update(setCount(1));
    endTurn();
    expect(calls).toBe(1);
  });
});
