import { describe, expect, it } from 'vitest';
import { add, closingLine, nothing, tallyOf, tallyOfTests } from './tally.ts';

describe('a step', () => {
  const counted = { passed: 7, failed: 0, skipped: 1 };
  const check = { isRunner: false };
  const runner = { isRunner: true };
  const mayBeEmpty = { isRunner: true, mayBeEmpty: true };
  it.each([
    ['passed check', tallyOf(0, null, check), { passed: 1, failed: 0, skipped: 0 }],
    ['failed check', tallyOf(2, null, check), { passed: 0, failed: 1, skipped: 0 }],
    ['passed run', tallyOf(0, counted, runner), counted],
    ['failed run', tallyOf(1, { ...counted, failed: 3 }, runner), { passed: 7, failed: 3, skipped: 1 }],
    ['run that failed outside any test', tallyOf(1, counted, runner), { passed: 7, failed: 1, skipped: 1 }],
    ['run without a report', tallyOf(0, null, runner), { passed: 0, failed: 1, skipped: 0 }],
    ['run that found no test', tallyOf(0, nothing, runner), { passed: 0, failed: 1, skipped: 0 }],
    ['run that need not find one', tallyOf(0, nothing, mayBeEmpty), nothing],
    ['such a run without a report', tallyOf(0, null, mayBeEmpty), { passed: 0, failed: 1, skipped: 0 }],
    ['such a run that failed', tallyOf(1, nothing, mayBeEmpty), { passed: 0, failed: 1, skipped: 0 }],
  ])('counts: %s', (_, tally, expected) => {
    expect(tally).toEqual(expected);
  });

  it('counts its tests by how they ended', () => {
    const tests = (['passed', 'failed', 'passed', 'skipped'] as const).map((outcome) => ({ outcome }));
    expect(tallyOfTests(tests)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });
});

it('the closing line names skipped tests only when there are some', () => {
  const tally = add({ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 });
  expect(closingLine(tally)).toBe('3 passed, 1 failed');
  expect(closingLine({ ...tally, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
