/** Adds up what the test runners counted, from their JSON reports. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  }));

/** A test that only passed when repeated counts as failed: it will fail again. */
const playwrightReport = z
  .object({
    stats: z.object({
      expected: z.number(),
      unexpected: z.number(),
      flaky: z.number(),
      skipped: z.number(),
    }),
  })
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));

const report = z.union([vitestReport, playwrightReport]);

/** @returns null when the runner left no readable report */
export async function readReport(path: string): Promise<Tally | null> {
  try {
    return report.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * What a step counts for. A runner that ended badly without naming a failed test (it crashed, found no test, left no
 * report) is one failure; a plain check is one passed or one failed.
 */
export function tallyOf(exitCode: number, counted: Tally | null, isRunner: boolean): Tally {
  if (!isRunner) return exitCode === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
  if (counted === null || counted.passed + counted.failed === 0)
    return { ...(counted ?? nothing), failed: 1 };
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The closing line, alone and plain. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
