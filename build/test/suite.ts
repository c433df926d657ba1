/** One run: its steps in two lanes, what is told meanwhile, and the table at the end. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDir } from '../demo/cache-dir.ts';
import { inStartingOrder, runInLanes } from './lanes.ts';
import { readPastTimes, rememberTimes, type PastTime } from './past-times.ts';
import { readProgress } from './progress.ts';
import { runStep, type RunOptions } from './run-step.ts';
import type { Screen } from './screen.ts';
import type { Run } from './selection.mjs';
import { clock, statusLine, type Underway } from './status-line.ts';
import type { Step } from './step.ts';
import type { Plan } from './steps.ts';
import { slowestTests, summaryTable, totalOf, type Outcome } from './summary.ts';
import { closingLine, nothing, type Tally } from './tally.ts';
import { traceFailures } from './trace.ts';

export interface SuiteOptions {
  readonly screen: Screen;
  readonly artifacts: string;
  /** How long steps took last time. */
  readonly timesFile: string;
  /** Whether the runners are handed every file of their steps: other times are not worth remembering. */
  readonly whole: boolean;
  /** Stops the run. */
  readonly signal: AbortSignal;
}

interface Planned extends Step {
  readonly expected: PastTime;
}

const liveMs = 1_000;
const plainMs = 30_000;

export async function runSuite(run: Run, { steps, ...plan }: Plan, options: SuiteOptions): Promise<Tally> {
  const { screen, artifacts } = options;
  const started = performance.now();
  const elapsed = (since = started): number => (performance.now() - since) / 1000;
  const limit = AbortSignal.timeout(run.limitMinutes * 60_000);
  const signal = AbortSignal.any([options.signal, limit]);
  const keyOf = ({ name }: { readonly name: string }): string => `${run.warm ? run.name : run.tier}/${name}`;
  const past = await readPastTimes(options.timesFile);
  const expectedOf = (step: Step): PastTime => past[keyOf(step)] ?? { seconds: step.guessSeconds, tests: 0 };
  const planned = steps.map((step): Planned => ({ ...step, expected: expectedOf(step) }));
  const order = inStartingOrder(planned, ({ expected }) => expected.seconds);
  const waiting = new Set(order);
  const running = new Map<Planned, number>();
  const outcomes = new Map<string, Outcome>();
  const logOf = (name: string): string => join(artifacts, 'logs', `${name}.log`);
  const progressOf = (name: string): string => join(artifacts, 'progress', `${name}.jsonl`);

  async function tellStatus(): Promise<void> {
    const underway = new Map<Planned, Underway>();
    for (const [step, since] of [...running])
      underway.set(step, { elapsed: elapsed(since), progress: await readProgress(progressOf(step.name)) });
    for (const step of underway.keys()) if (!running.has(step)) underway.delete(step);
    if (underway.size > 0) screen.status(statusLine(elapsed(), underway, [...waiting]));
  }

  async function runOne(step: Planned): Promise<void> {
    waiting.delete(step);
    const failedNeed = step.after.find((name) => (outcomes.get(name)?.tally.failed ?? 0) > 0);
    if (signal.aborted || failedNeed !== undefined) {
      const note = signal.aborted ? 'not run: stopped before' : `not run: ${failedNeed} failed`;
      outcomes.set(step.name, notRun(step.name, note));
      return;
    }
    running.set(step, performance.now());
    screen.line(`${clock(elapsed())} start  ${step.title}`);
    const stepOptions: RunOptions = {
      log: logOf(step.name),
      progress: progressOf(step.name),
      env: {
        PORTCULLIS_ARTIFACTS: artifacts,
        PORTCULLIS_TIER: run.tier,
        // The desktop session has a home of its own; without this it would install the gateway again.
        ...(step.after.includes('openclaw') ? { PORTCULLIS_CACHE_DIR: defaultCacheDir() } : {}),
      },
      signal,
    };
    try {
      const result = await runStep(step, stepOptions);
      const failed = result.tally.failed > 0;
      outcomes.set(step.name, { name: step.name, ...result, ...(failed ? { note: stepOptions.log } : {}) });
      const verdict = `${clock(elapsed())} ${failed ? 'FAILED' : 'ok    '} ${step.title}: ${closingLine(result.tally)} in ${result.seconds.toFixed(1)} s`;
      if (failed) screen.line(`\n${await readFile(stepOptions.log, 'utf8')}`);
      screen.line(verdict);
      const traces = await traceFailures(step, result, {
        ...stepOptions,
        log: logOf(`${step.name}-traced`),
        progress: progressOf(`${step.name}-traced`),
      });
      if (traces !== null) screen.line(traces);
    } catch (error: unknown) {
      const note = error instanceof Error ? error.message : String(error);
      outcomes.set(step.name, notRun(step.name, note));
      screen.line(`${clock(elapsed())} FAILED ${step.title}: ${note}`);
    } finally {
      running.delete(step);
    }
  }

  const ticker = setInterval(() => void tellStatus(), screen.isLive ? liveMs : plainMs);
  await runInLanes(order, runOne);
  clearInterval(ticker);
  screen.clearStatus();

  const results = planned.flatMap(({ name }) => outcomes.get(name) ?? []);
  if (options.whole)
    await rememberTimes(
      options.timesFile,
      Object.fromEntries(
        results.flatMap(({ name, seconds, tests, tally }) =>
          seconds === null || tally.failed > 0 ? [] : [[keyOf({ name }), { seconds, tests: tests.length }]],
        ),
      ),
    );
  screen.line(`\n=== ${run.name} ===\n${summaryTable(results, elapsed())}`);
  const slow = slowestTests(results);
  if (slow !== '') screen.line(`\nThe slowest tests:\n${slow}`);
  const leftOut = [...plan.cannotRun, ...plan.withoutParts];
  if (leftOut.length > 0) screen.line(`\nLeft out on this machine:\n  ${leftOut.join('\n  ')}`);
  if (limit.aborted) screen.line(`\nStopped: no end after ${run.limitMinutes} minutes.`);
  else if (signal.aborted) screen.line('\nStopped before the end.');
  return totalOf(results);
}

function notRun(name: string, note: string): Outcome {
  return { name, tally: { ...nothing, failed: 1 }, seconds: null, cpuSeconds: null, tests: [], note };
}
