/** What a step counts for, and how counts are added up and said. */
import type { TestOutcome } from './progress-line.ts';

export type Tally = Readonly<Record<TestOutcome, number>>;

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export function tallyOfTests(tests: readonly { readonly outcome: TestOutcome }[]): Tally {
  const counts = { ...nothing };
  for (const { outcome } of tests) counts[outcome] += 1;
  return counts;
}

/**
 * A runner that ended badly without naming a failed test (it crashed, found no test, left no report) is one failure;
 * a plain check is one passed or one failed.
 * @param counted by the runner; null when it left no readable report
 */
export function tallyOf(
  exitCode: number,
  counted: Tally | null,
  step: { readonly isRunner: boolean; readonly mayBeEmpty?: boolean },
): Tally {
  if (!step.isRunner) return exitCode === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
  if (counted === null) return { ...nothing, failed: 1 };
  if (counted.passed + counted.failed === 0 && step.mayBeEmpty !== true) return { ...counted, failed: 1 };
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The closing line, alone and plain. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
