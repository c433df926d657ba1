/** Runs one step of the tests under the pinned Node, in a throw-away desktop where it needs one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withNodeFirst } from '../setup/pinned-node.mjs';
import { root } from '../setup/repository.mjs';
import { CpuLedger } from './cpu-ledger.ts';
import { readProcesses, reapedSeconds } from './processes.ts';
import { progressVariable } from './progress-line.ts';
import { readReport, type ReportedTest } from './report.ts';
import type { Step } from './step.ts';
import { tallyOf, tallyOfTests, type Tally } from './tally.ts';

export interface RunOptions {
  /** File for everything the step prints. */
  readonly log: string;
  /** File in which the step's runner tells of every test. */
  readonly progress?: string;
  /** Hears what goes into the log. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Added to the step's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the step. */
  readonly signal: AbortSignal;
}

/** The part of a step that is run; the rest is for whoever plans. */
export type Runnable = Pick<Step, 'commands' | 'env' | 'report' | 'inDesktop' | 'mayBeEmpty' | 'deadlineMs'>;

export interface StepResult {
  readonly tally: Tally;
  readonly seconds: number;
  readonly cpuSeconds: number | null;
  readonly tests: readonly ReportedTest[];
  readonly timedOut: boolean;
}

/** What a step that was told to end may take for tidying up. */
const graceMs = 20_000;
const cpuReadingMs = 1_000;

export async function runStep(step: Runnable, options: RunOptions): Promise<StepResult> {
  const started = performance.now();
  const { log, progress } = options;
  await mkdir(dirname(log), { recursive: true });
  // What an earlier run left must never stand for this one.
  for (const file of [progress, step.report]) {
    if (file === undefined) continue;
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
  }
  const output = createWriteStream(log);
  const overdue = AbortSignal.timeout(step.deadlineMs);
  const signal = AbortSignal.any([options.signal, overdue]);
  const ending = { exitCode: 0, cpuSeconds: 0 };
  for (const args of step.commands) {
    const { exitCode, cpuSeconds } = await runCommand(step, args, output, { ...options, signal });
    ending.cpuSeconds += cpuSeconds;
    ending.exitCode = exitCode;
    if (exitCode !== 0) break;
  }
  if (overdue.aborted) output.write(`\nNo end after ${step.deadlineMs / 60_000} minutes, stopped.\n`);
  await new Promise<void>((resolve) => output.end(resolve));
  const isRunner = step.report !== undefined;
  const tests = step.report === undefined ? null : await readReport(step.report);
  return {
    tally: tallyOf(ending.exitCode, tests === null ? null : tallyOfTests(tests), { ...step, isRunner }),
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: process.platform === 'linux' ? ending.cpuSeconds : null,
    tests: tests ?? [],
    timedOut: overdue.aborted,
  };
}

/** @returns the exit code, 1 when it was ended from here; and seconds of processor time */
function runCommand(
  step: Runnable,
  args: readonly string[],
  output: WriteStream,
  { env, progress, onOutput, signal }: RunOptions,
): Promise<{ exitCode: number; cpuSeconds: number }> {
  if (signal.aborted) return Promise.resolve({ exitCode: 1, cpuSeconds: 0 });
  const command = [process.execPath, ...args];
  const session = ['bash', join(root, 'e2e/desktop/session.sh'), '--a11y', '--'];
  const [file = '', ...rest] = step.inDesktop === true ? [...session, ...command] : command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, rest, {
      cwd: root,
      env: {
        ...withNodeFirst(process.execPath),
        ...env,
        ...step.env,
        ...(progress && { [progressVariable]: progress }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: an interrupt at the terminal reaches it once, from here.
      detached: process.platform !== 'win32',
    });
    for (const from of [child.stdout, child.stderr])
      from.on('data', (chunk: Buffer) => {
        output.write(chunk);
        onOutput?.(chunk);
      });
    const ledger = new CpuLedger(child.pid ?? 0);
    let reaped = reapedSeconds();
    const reading = setInterval(() => {
      const processes = readProcesses();
      if (processes !== null) ledger.update(processes);
      reaped = reapedSeconds();
    }, cpuReadingMs);
    const stop = (): void => end(child);
    signal.addEventListener('abort', stop);
    child.once('error', reject);
    // 'exit', not 'close': a process left behind would hold the pipes open for ever.
    child.once('exit', (code) => {
      clearInterval(reading);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) signalGroup(child, 'SIGTERM'); // what it started and did not end itself
      ledger.end(reapedSeconds() - reaped);
      resolve({ exitCode: signal.aborted ? 1 : (code ?? 1), cpuSeconds: ledger.seconds });
    });
  });
}

/** Asks the process alone first: the desktop session and the runners take down theirs in order. */
function end(child: ChildProcess): void {
  child.kill('SIGTERM');
  const last = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
  }, graceMs);
  child.once('exit', () => {
    clearTimeout(last);
  });
}

/** Reaches the process and everything it started that made no group of its own; on Windows the process alone. */
function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // nobody is left
  }
}
