/** Runs the real imsg as if it had been called itself: same signals and exit status. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;

/** Exit codes a shell gives for a program that is missing or may not be run. */
const notFound = 127;
const notRunnable = 126;

export interface RunningImsg {
  readonly child: ChildProcess;
  /** How it ended: an exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** @param env all of imsg's environment */
export function startImsg(
  path: string,
  args: readonly string[],
  { stdio, env }: { readonly stdio: 'inherit' | 'pipe'; readonly env: NodeJS.ProcessEnv },
): RunningImsg {
  // It looks for its helper library below its working folder, which must not be the caller's.
  const place = { env, cwd: '/' };
  const child = spawn(path, args, {
    ...place,
    stdio: stdio === 'inherit' ? 'inherit' : ['pipe', 'pipe', 'inherit'],
  });
  const stops = passedSignals.map((signal) => {
    const pass = (): void => {
      child.kill(signal);
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(`imsg guard: the real imsg cannot be started: ${error.message}\n`);
      resolve(error.code === 'ENOENT' ? notFound : notRunnable);
    });
    child.once('close', (code, signal) => {
      resolve(signal ?? code ?? 1);
    });
  }).finally(() => {
    for (const stop of stops) stop();
  });
  return { child, ended };
}

/** Ends this process the way the real imsg ended. */
export function endLike(how: number | NodeJS.Signals): void {
  if (typeof how === 'number') {
    process.exitCode = how;
    return;
  }
  process.kill(process.pid, how);
}
