import { expect, it } from 'vitest';
import { diffLines, jsonLines } from './line-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;

function shown(before: string | null, after: string | null): readonly string[] {
  return diffLines(jsonLines(before), jsonLines(after)).map(({ change, text }) => `${signs[change]}${text}`);
}

it.each([
  [null, '"a"', ['+"a"']],
  ['"a"', null, ['-"a"']],
  ['"a"', '"b"', ['-"a"', '+"b"']],
  ['["x","y"]', '["x","z","y"]', [' [', '   "x",', '+  "z",', '   "y"', ' ]']],
  ['["x"]', '["x","y"]', [' [', '   "x",', '+  "y"', ' ]']],
  ['["x","y"]', '["x"]', [' [', '   "x"', '-  "y"', ' ]']],
  ['{"a":1}', '{"a":1}', [' {', '   "a": 1', ' }']],
  ['not json', 'not json either', ['-not json', '+not json either']],
  [null, null, []],
])('%j to %j', (before, after, lines) => {
  expect(shown(before, after)).toEqual(lines);
});
