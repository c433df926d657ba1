/** One run: its steps in two lanes, what is told meanwhile, and the table at the end. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { defaultCacheDir } from '../demo/cache-dir.ts';
import { inStartingOrder, runInLanes } from './lanes.ts';
import { readPastTimes, rememberTimes, type PastTime, type PastTimes } from './past-times.ts';
import { readProgress } from './progress.ts';
import { runStep, type RunOptions } from './run-step.ts';
import type { Screen } from './screen.ts';
import type { Run } from './selection.mjs';
import { clock, statusLine, type Underway } from './status-line.ts';
import type { Step } from './step.ts';
import type { Plan } from './steps.ts';
import { failures, slowestTests, summaryTable, totalOf, type Outcome } from './summary.ts';
import { closingLine, nothing, type Tally } from './tally.ts';
import { traceFailures } from './trace.ts';

export interface SuiteOptions {
  readonly screen: Screen;
  readonly artifacts: string;
  /** Remembers how long steps took. */
  readonly timesFile: string;
  /** Every file of the steps is run: other times are not worth remembering. */
  readonly whole: boolean;
  /** Stops the run; its reason is said. */
  readonly signal: AbortSignal;
}

interface Planned extends Step {
  readonly expected: PastTime;
}

interface Running {
  readonly since: number;
  readonly progress: string;
}

const liveMs = 1_000;
const plainMs = 30_000;
const lastLineCount = 30;

/** @returns what all steps count for; one that could not run counts as failed */
export async function runSuite(run: Run, plan: Plan, options: SuiteOptions): Promise<Tally> {
  const past = await readPastTimes(options.timesFile);
  const suite = new Suite(run, options);
  const steps = plan.steps.map((step) => ({
    ...step,
    expected: past[suite.keyOf(step.name)] ?? guess(step),
  }));
  const results = await suite.runAll(steps);
  if (options.whole) await rememberTimes(options.timesFile, suite.timesOf(results));
  suite.conclude(results, [...plan.cannotRun, ...plan.withoutParts]);
  return totalOf(results);
}

class Suite {
  readonly #run: Run;
  readonly #options: SuiteOptions;
  readonly #limit: AbortSignal;
  readonly #signal: AbortSignal;
  readonly #started = performance.now();
  readonly #running = new Map<Planned, Running>();
  readonly #outcomes = new Map<string, Outcome>();
  #waiting: readonly Planned[] = [];

  constructor(run: Run, options: SuiteOptions) {
    this.#run = run;
    this.#options = options;
    this.#limit = AbortSignal.timeout(run.limitMinutes * 60_000);
    this.#signal = AbortSignal.any([options.signal, this.#limit]);
  }

  keyOf(name: string): string {
    return `${this.#run.warm ? this.#run.name : this.#run.tier}/${name}`;
  }

  timesOf(results: readonly Outcome[]): PastTimes {
    const times = results.flatMap(({ name, seconds, tests, tally }) =>
      seconds === null || tally.failed > 0 ? [] : [[this.keyOf(name), { seconds, tests: tests.length }]],
    );
    return Object.fromEntries(times) as PastTimes;
  }

  /** @returns one outcome for each step, in the order of the plan */
  async runAll(steps: readonly Planned[]): Promise<readonly Outcome[]> {
    const { screen } = this.#options;
    this.#waiting = inStartingOrder(steps, ({ expected }) => expected.seconds);
    const ticker = setInterval(() => void this.#tellStatus(), screen.isLive ? liveMs : plainMs);
    await runInLanes(this.#waiting, async (step) => {
      this.#waiting = this.#waiting.filter((each) => each !== step);
      this.#outcomes.set(step.name, await this.#runOne(step));
      this.#running.delete(step);
    });
    clearInterval(ticker);
    screen.clearStatus();
    return steps.flatMap(({ name }) => this.#outcomes.get(name) ?? []);
  }

  conclude(results: readonly Outcome[], leftOut: readonly string[]): void {
    const { screen } = this.#options;
    screen.line(`\n=== ${this.#run.name} ===\n${summaryTable(results, this.#elapsed(this.#started))}`);
    const slow = slowestTests(results);
    if (slow !== '') screen.line(`\nThe slowest tests:\n${slow}`);
    const failed = failures(results);
    if (failed !== '') screen.line(`\nFailed:\n${failed}`);
    if (leftOut.length > 0) screen.line(`\nLeft out on this machine:\n  ${leftOut.join('\n  ')}`);
    if (this.#limit.aborted) screen.line(`\nStopped: no end after ${this.#run.limitMinutes} minutes.`);
    else if (this.#signal.aborted) screen.line(`\nEnded early: ${String(this.#signal.reason)}.`);
  }

  async #runOne(step: Planned): Promise<Outcome> {
    if (this.#signal.aborted) return notRun(step, 'not run: the run was stopped');
    const broken = step.after.find((name) => (this.#outcomes.get(name)?.tally.failed ?? 0) > 0);
    if (broken !== undefined) return this.#fail(step, `not run: ${broken} failed`);
    this.#say(`start  ${step.title}`);
    try {
      return await this.#runAndTrace(step);
    } catch (error: unknown) {
      return this.#fail(step, error instanceof Error ? error.message : String(error));
    }
  }

  async #runAndTrace(step: Planned): Promise<Outcome> {
    const options = this.#optionsFor(step, step.name);
    this.#running.set(step, { since: performance.now(), progress: options.progress });
    const result = await runStep(step, options);
    const { name, title } = step;
    const took = `${closingLine(result.tally)} in ${result.seconds.toFixed(1)} s`;
    if (result.tally.failed === 0) {
      this.#say(`ok     ${title}: ${took}`);
      return { name, ...result };
    }
    const said = (await readFile(options.log, 'utf8')).trimEnd();
    this.#options.screen.line(`\n${said}\n`);
    this.#say(`FAILED ${title}: ${took}`);
    const again = this.#optionsFor(step, `${step.name}-traced`);
    this.#running.set(step, { since: performance.now(), progress: again.progress });
    const traces = await traceFailures(step, result, again);
    if (traces !== null) this.#options.screen.line(traces);
    const lastLines = stripVTControlCharacters(said).split('\n').slice(-lastLineCount);
    return { name, ...result, note: options.log, lastLines };
  }

  #optionsFor(step: Planned, name: string): RunOptions & { readonly progress: string } {
    const { artifacts } = this.#options;
    return {
      log: join(artifacts, 'logs', `${name}.log`),
      progress: join(artifacts, 'progress', `${name}.jsonl`),
      env: {
        PORTCULLIS_ARTIFACTS: artifacts,
        PORTCULLIS_TIER: this.#run.tier,
        // The desktop session has a home of its own; without this it would install the gateway again.
        ...(step.after.includes('openclaw') ? { PORTCULLIS_CACHE_DIR: defaultCacheDir() } : {}),
      },
      signal: this.#signal,
    };
  }

  async #tellStatus(): Promise<void> {
    const read = [...this.#running].map(
      async ([step, { since, progress }]): Promise<readonly [Planned, Underway]> => [
        step,
        { elapsed: this.#elapsed(since), progress: await readProgress(progress) },
      ],
    );
    const underway = new Map((await Promise.all(read)).filter(([step]) => this.#running.has(step)));
    if (underway.size === 0) return;
    this.#options.screen.status(statusLine(this.#elapsed(this.#started), underway, this.#waiting));
  }

  #fail(step: Planned, note: string): Outcome {
    this.#say(`FAILED ${step.title}: ${note}`);
    return notRun(step, note);
  }

  #say(text: string): void {
    this.#options.screen.line(`${clock(this.#elapsed(this.#started))} ${text}`);
  }

  #elapsed(since: number): number {
    return (performance.now() - since) / 1000;
  }
}

function guess({ guessSeconds }: Step): PastTime {
  return { seconds: guessSeconds, tests: 0 };
}

function notRun({ name }: Step, note: string): Outcome {
  return { name, tally: { ...nothing, failed: 1 }, seconds: null, cpuSeconds: null, tests: [], note };
}
