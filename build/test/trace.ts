/** Runs the files of a Playwright step that failed once more, only to leave a trace of how they fail. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runStep, type RunOptions, type StepResult } from './run-step.ts';
import type { Step } from './step.ts';

/** A whole suite that is broken needs no trace of everything. */
const filesAtMost = 3;
const deadlineMs = 10 * 60_000;

/** @returns what to say about it; null when the step leaves no traces, or no single test failed */
export async function traceFailures(
  step: Step,
  { tests, timedOut }: StepResult,
  options: RunOptions,
): Promise<string | null> {
  const files = [
    ...new Set(tests.filter(({ outcome }) => outcome === 'failed').map(({ file }) => file)),
  ].slice(0, filesAtMost);
  if (step.again === undefined || files.length === 0 || timedOut || options.signal.aborted) return null;
  const again = step.again(files);
  const { tally } = await runStep({ ...again, deadlineMs }, options);
  const traces = globSync('**/trace.zip', { cwd: again.traces }).map((path) => join(again.traces, path));
  if (traces.length > 0) return `Traces (npx playwright show-trace FILE):\n  ${traces.join('\n  ')}`;
  return tally.failed === 0
    ? `No trace: run again by themselves, these passed:\n  ${files.join('\n  ')}`
    : `No trace was left; what the second try printed is in ${options.log}`;
}
