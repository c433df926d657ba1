import { describe, expect, it } from 'vitest';
import { failures, slowestTests, summaryTable, type Outcome } from './summary.ts';

const lint: Outcome = {
  ...{ name: 'lint', tally: { passed: 1, failed: 0, skipped: 0 } },
  ...{ seconds: 61.23, cpuSeconds: 70, tests: [] },
};
const unit: Outcome = {
  ...{ name: 'unit', tally: { passed: 2500, failed: 1, skipped: 2 } },
  ...{ seconds: 90, cpuSeconds: 110.26, tests: [], note: 'artifacts/logs/unit.log' },
};
const proof: Outcome = {
  ...{ name: 'proof', tally: { passed: 0, failed: 1, skipped: 0 } },
  ...{ seconds: null, cpuSeconds: null, tests: [], note: 'not run: the build failed' },
};

describe('the table at the end', () => {
  it('has a row for each step and one for all', () => {
    expect(summaryTable([lint, unit, proof], 95.5).split('\n')).toEqual([
      '        step     time      CPU  passed  failed  skipped',
      'ok      lint   61.2 s   70.0 s       1',
      'FAILED  unit   90.0 s  110.3 s    2500       1        2  artifacts/logs/unit.log',
      'FAILED  proof                                1           not run: the build failed',
      'FAILED  all    95.5 s  180.3 s    2501       2        2',
    ]);
  });

  it('leaves processor time open where nobody knows it', () => {
    expect(
      summaryTable([{ ...lint, cpuSeconds: null }], 61.23)
        .split('\n')
        .at(-1),
    ).toBe('ok  all   61.2 s            1');
  });
});

describe('the slowest tests', () => {
  const test = (title: string, seconds: number) => ({
    ...{ file: 'a.test.ts', title, seconds },
    outcome: 'passed' as const,
  });

  it('are ten over all steps, the longest first', () => {
    const many = Array.from({ length: 12 }, (_, index) => test(`t${index}`, index));
    const lines = slowestTests([
      { ...lint, name: 'unit', tests: many },
      { ...lint, name: 'window', tests: [test('w', 10.55)] },
    ]).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('11.0 s  unit    a.test.ts: t11');
    expect(lines[1]).toBe('10.6 s  window  a.test.ts: w');
    expect(lines.at(-1)).toBe(' 3.0 s  unit    a.test.ts: t3');
  });

  it('are nothing where there are none', () => {
    expect(slowestTests([lint])).toBe('');
  });
});

describe('the failures', () => {
  it('are named once more, each with the beginning of what the runner said', () => {
    const failed = { file: 'a.test.ts', title: 'works', outcome: 'failed' as const, seconds: 1 };
    const tests = [
      { ...failed, failure: 'expected 1\n\nto be 2' },
      { ...failed, title: 'ends' },
    ];
    expect(failures([lint, { ...unit, tests }])).toBe(
      'unit  a.test.ts: works\n    expected 1\n    to be 2\nunit  a.test.ts: ends',
    );
  });

  it('outside a test are the end of the log', () => {
    expect(failures([{ ...unit, lastLines: ['a hook', '', 'broke'] }])).toBe('unit\n    a hook\n    broke');
  });

  it('are nothing where all is well', () => {
    expect(failures([lint])).toBe('');
  });
});
