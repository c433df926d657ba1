import { expect, it } from 'vitest';
import { keepNewest } from './keep-newest.ts';

it.each([
  { names: [], left: [] },
  { names: ['a', 'b'], left: ['a', 'b'] },
  { names: ['a', 'b', 'c', 'd'], left: ['c', 'd'] },
])('keeps the newest two of $names', ({ names, left }) => {
  const entries = new Map(names.map((name) => [name, 1]));
  keepNewest(entries, 2);
  expect([...entries.keys()]).toEqual(left);
});
