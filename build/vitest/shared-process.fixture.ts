/**
 * Before each file of unit and component tests. They share a process and the modules in it, which saves more than half
 * of their work, so a file must leave it as it was: what it changed for good would be the next file's riddle.
 */
import { afterAll, beforeAll, expect, vi } from 'vitest';

let before: ReturnType<typeof surroundings>;
let globals: ReadonlyMap<string, unknown>;

beforeAll(() => {
  before = surroundings();
  globals = valuesOf(globalThis);
});

afterAll(() => {
  expect(surroundings()).toEqual(before);
  const now = valuesOf(globalThis);
  const changed = [...globals].filter(([name, value]) => !Object.is(now.get(name), value));
  expect(changed.map(([name]) => name)).toEqual([]);
});

function surroundings() {
  return {
    fakeTimers: vi.isFakeTimers(),
    env: { ...process.env },
    directory: process.cwd(),
    listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
  };
}

/** Without those that are made when first asked for. */
function valuesOf(of: object): ReadonlyMap<string, unknown> {
  const own = Object.entries(Object.getOwnPropertyDescriptors(of));
  return new Map(own.map(([name, { value }]) => [name, value as unknown]));
}
