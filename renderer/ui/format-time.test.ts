import { expect, it } from 'vitest';
import { ago, remaining } from './format-time.ts';

const minute = 60_000;

it.each([
  [0, 'just now'],
  [-5000, 'just now'],
  [59_999, 'just now'],
  [minute, '1 min ago'],
  [59 * minute, '59 min ago'],
  [60 * minute, '1 h ago'],
  [25 * 60 * minute, 'yesterday'],
  [50 * 60 * minute, '2 days ago'],
])('%d ms ago reads "%s"', (elapsed, words) => {
  expect(ago(10 * minute, 10 * minute + elapsed)).toBe(words);
});

it.each([
  [-1, '0:00'],
  [1, '0:01'],
  [59_999, '1:00'],
  [4 * minute + 5000, '4:05'],
  [10 * minute, '10 min'],
  [125 * minute, '2 h 5 min'],
])('%d ms left reads "%s"', (left, words) => {
  expect(remaining(left)).toBe(words);
});
