/** What is said at the end of a run: one table of the steps, and the tests that took longest. */
import { alignedRows } from '../aligned-rows.ts';
import type { ReportedTest } from './report.ts';
import { add, nothing, type Tally } from './tally.ts';

export interface Outcome {
  readonly name: string;
  readonly tally: Tally;
  /** Null for a step that did not run, with the reason in `note`. */
  readonly seconds: number | null;
  /** Processor time of the step's processes; null where the system does not say. */
  readonly cpuSeconds: number | null;
  readonly tests: readonly ReportedTest[];
  readonly note?: string;
  /** The end of what a failed step printed. */
  readonly lastLines?: readonly string[];
}

const heading = ['', 'step', 'time', 'CPU', 'passed', 'failed', 'skipped', ''];
const numbers = new Set([2, 3, 4, 5, 6]);
const slowest = 10;
const failureLines = 8;

/** @param seconds of the whole run: less than the sum, because steps run side by side */
export function summaryTable(outcomes: readonly Outcome[], seconds: number): string {
  const cpu = outcomes.map(({ cpuSeconds }) => cpuSeconds).filter((each) => each !== null);
  const all = {
    name: 'all',
    tally: totalOf(outcomes),
    seconds,
    cpuSeconds: cpu.length === 0 ? null : cpu.reduce((sum, each) => sum + each, 0),
    tests: [],
  };
  return alignedRows([heading, ...outcomes.map(rowOf), rowOf(all)], numbers);
}

export function totalOf(outcomes: readonly Outcome[]): Tally {
  return outcomes.reduce((sum, { tally }) => add(sum, tally), nothing);
}

/** @returns empty when no step told of single tests */
export function slowestTests(outcomes: readonly Outcome[]): string {
  const rows = outcomes
    .flatMap(({ name, tests }) => tests.map((test) => ({ name, ...test })))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, slowest)
    .map(({ seconds, name, file, title }) => [`${seconds.toFixed(1)} s`, name, `${file}: ${title}`]);
  return alignedRows(rows, new Set([0]));
}

/**
 * Once more at the end, where whoever looks at a long run looks first.
 * @returns empty when nothing failed
 */
export function failures(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter(({ tally }) => tally.failed > 0)
    .flatMap(({ name, tests, lastLines = [] }) => {
      const failed = tests.filter(({ outcome }) => outcome === 'failed');
      // A hook or a whole file failed, or the step runs no tests: the end of its log says most.
      if (failed.length === 0) return [name, ...indented(lastLines)];
      return failed.flatMap(({ file, title, failure = '' }) => [
        `${name}  ${file}: ${title}`,
        ...indented(failure.split('\n').slice(0, failureLines)),
      ]);
    })
    .join('\n');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== '').map((line) => `    ${line}`);
}

function rowOf({ name, tally, seconds, cpuSeconds, note = '' }: Outcome): readonly string[] {
  const count = (value: number): string => (value === 0 ? '' : String(value));
  return [
    tally.failed > 0 ? 'FAILED' : seconds === null ? '-' : 'ok',
    name,
    seconds === null ? '' : `${seconds.toFixed(1)} s`,
    cpuSeconds === null ? '' : `${cpuSeconds.toFixed(1)} s`,
    ...[count(tally.passed), count(tally.failed), count(tally.skipped)],
    note,
  ];
}
