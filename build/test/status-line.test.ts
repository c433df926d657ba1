import { describe, expect, it } from 'vitest';
import { noProgress } from './progress.ts';
import { clock, statusLine, type Expected } from './status-line.ts';

function step(name: string, seconds: number, tests = 0): Expected {
  return { name, after: [], workers: 1, expected: { seconds, tests } };
}

describe('the status of a run', () => {
  it('says what runs, how many tests passed, and what is left', () => {
    const running = new Map([
      [step('e2e-browser', 400), { elapsed: 100, progress: { ...noProgress, passed: 20, planned: 80 } }],
      [step('unit', 90, 2500), { elapsed: 45, progress: { ...noProgress, passed: 1250, failed: 2 } }],
    ]);
    expect(statusLine(130.9, running, [step('lint', 60)])).toBe(
      '2:10 · e2e-browser 1:40 20 of 80 passed · unit 0:45 1250 of about 2500 passed 2 FAILED · 1 to go · about 5 min left',
    );
  });

  it('goes by the clock where no test was counted', () => {
    const running = new Map([[step('lint', 60), { elapsed: 20, progress: noProgress }]]);
    expect(statusLine(20, running, [])).toBe('0:20 · lint 0:20 · about 40 s left');
  });

  it('does not count below nothing when it takes longer than ever', () => {
    const running = new Map([[step('lint', 60), { elapsed: 300, progress: noProgress }]]);
    expect(statusLine(300, running, [])).toBe('5:00 · lint 5:00 · about to end');
  });

  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [3599, '59:59'],
    [3600, '60:00'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text);
  });
});
