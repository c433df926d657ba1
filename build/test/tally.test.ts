import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { add, closingLine, nothing, readReport, tallyOf } from './tally.ts';

describe('a report', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-tally-'));
    path = join(folder, 'report.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['of vitest', { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, success: false }, [5, 1, 2]],
    ['of Playwright', { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } }, [3, 2, 4]],
  ])('%s is added up', async (_, report, [passed, failed, skipped]) => {
    await writeFile(path, JSON.stringify(report));
    expect(await readReport(path)).toEqual({ passed, failed, skipped });
  });

  it.each(['', '{', '{"numPassedTests":"5"}', '[]'])('that says %j is no report', async (text) => {
    await writeFile(path, text);
    expect(await readReport(path)).toBeNull();
  });

  it('that is not there is no report', async () => {
    expect(await readReport(path)).toBeNull();
  });
});

describe('a step', () => {
  const counted = { passed: 7, failed: 0, skipped: 1 };
  it.each([
    ['passed check', tallyOf(0, null, false), { passed: 1, failed: 0, skipped: 0 }],
    ['failed check', tallyOf(2, null, false), { passed: 0, failed: 1, skipped: 0 }],
    ['passed run', tallyOf(0, counted, true), counted],
    ['failed run', tallyOf(1, { ...counted, failed: 3 }, true), { passed: 7, failed: 3, skipped: 1 }],
    ['run that failed outside any test', tallyOf(1, counted, true), { passed: 7, failed: 1, skipped: 1 }],
    ['run without a report', tallyOf(0, null, true), { passed: 0, failed: 1, skipped: 0 }],
    ['run that found no test', tallyOf(0, nothing, true), { passed: 0, failed: 1, skipped: 0 }],
  ])('counts: %s', (_, tally, expected) => {
    expect(tally).toEqual(expected);
  });
});

it('the closing line names skipped tests only when there are some', () => {
  const tally = add({ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 });
  expect(closingLine(tally)).toBe('3 passed, 1 failed');
  expect(closingLine({ ...tally, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
