/** Runs one command to its end and hands over its lines; used for the slow, chatty install steps. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
  readonly deadlineMs: number;
}

const KEPT_LINES = 20;

/** @throws Error naming the command, its exit and its last lines */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<void> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      options.onLine?.(line);
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), options.deadlineMs);
  try {
    const ending = await new Promise<string | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        resolve(code === 0 ? null : signal === null ? `exit code ${String(code)}` : `killed by ${signal}`);
      });
    });
    if (ending !== null) throw new Error([`${file} ${args.join(' ')}: ${ending}`, ...lastLines].join('\n  '));
  } finally {
    clearTimeout(timer);
  }
}
