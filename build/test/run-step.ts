/** Runs one step of the tests under the pinned Node, in a throw-away desktop where it needs one. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withNodeFirst } from '../setup/pinned-node.mjs';
import { root } from '../setup/repository.mjs';
import type { Step } from './steps.ts';
import { readReport, tallyOf, type Tally } from './tally.ts';

export interface RunOptions {
  /** Folder for logs and reports. */
  readonly artifacts: string;
  /** Added to the step's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the step. */
  readonly signal: AbortSignal;
}

export interface Outcome {
  readonly tally: Tally;
  readonly seconds: number;
  /** File with everything the step printed. */
  readonly log: string;
}

export async function runStep(step: Step, options: RunOptions): Promise<Outcome> {
  const started = performance.now();
  const log = join(options.artifacts, 'logs', `${step.name}.log`);
  await mkdir(dirname(log), { recursive: true });
  if (step.report !== undefined) {
    await mkdir(dirname(step.report), { recursive: true });
    await rm(step.report, { force: true }); // an old report must never stand for this run
  }
  const exitCode = await run(step, log, options);
  const counted = step.report === undefined ? null : await readReport(step.report);
  return {
    tally: tallyOf(exitCode, counted, step.report !== undefined),
    seconds: (performance.now() - started) / 1000,
    log,
  };
}

/** @returns the exit code; 1 when the step was ended from here */
function run(step: Step, log: string, { env, signal }: RunOptions): Promise<number> {
  const command = [process.execPath, ...step.args];
  const session = ['bash', join(root, 'e2e/desktop/session.sh'), '--a11y', '--'];
  const [file = '', ...args] = step.inDesktop === true ? [...session, ...command] : command;
  const output = createWriteStream(log);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...withNodeFirst(process.execPath), ...env, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        to.write(chunk);
        output.write(chunk);
      });
    }
    // The desktop session takes its processes down with it.
    const end = (): boolean => child.kill('SIGTERM');
    const timer = setTimeout(() => {
      console.error(`\n${step.title}: no end after ${step.deadlineMs / 60_000} minutes, stopped.`);
      end();
    }, step.deadlineMs);
    signal.addEventListener('abort', end);
    child.once('error', reject);
    // 'exit', not 'close': a process left behind would hold the pipes open for ever.
    child.once('exit', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      output.end(() => {
        resolve(code ?? 1);
      });
    });
  });
}
