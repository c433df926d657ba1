/** The built app as a process of ours, in the terminal of whoever started it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../setup/repository.mjs';

/** How long the app may take to end after it was asked to. */
const goodbyeMs = 5_000;

export interface AppProcess {
  /** Its exit code; null: ended by a signal. Rejects when it could not be started. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, then makes it. Does not wait: see `ended`. */
  end(): void;
}

/** The browser host's program, started by the Node that runs this. */
export const browserHost = join(root, 'dist/main/browser.js');

export function startApp(
  file: string,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): AppProcess {
  const app = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  const exit = once(app, 'exit') as Promise<[number | null]>;
  return {
    ended: exit.then(([code]) => code),
    end() {
      if (app.exitCode !== null || app.signalCode !== null) return;
      app.kill('SIGTERM');
      const impatience = setTimeout(() => app.kill('SIGKILL'), goodbyeMs);
      app.once('exit', () => {
        clearTimeout(impatience);
      });
    },
  };
}
