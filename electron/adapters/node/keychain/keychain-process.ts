/** The child process keytar runs in, as seen from the parent, and the plain Node way to start one. */
import { fork } from 'node:child_process';
import path from 'node:path';
import type { KeychainRequest } from './messages.ts';

export interface KeychainProcess {
  /** Null when it could not be started. */
  readonly pid: number | null;
  /** Never throws; a message to a process that ended is dropped. */
  send(message: KeychainRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, for every kind of end, also when it could not be started. */
  onEnd(listener: () => void): void;
  /** Must end it even while keytar waits for a prompt: SIGKILL, because process.exit() would wait along. */
  kill(): void;
}

export type SpawnKeychainProcess = () => KeychainProcess;

/** The child's file, beside this one: TypeScript when run from source, JavaScript in a build. */
export function keychainChildPath(): string {
  return path.join(import.meta.dirname, `keychain-child${path.extname(import.meta.filename)}`);
}

export interface ForkOptions {
  /** Absolute path of the child's script. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** For the browser host; a packaged Electron cannot fork Node and uses utilityProcess instead. */
export function forkKeychainProcess({ script, env }: ForkOptions): KeychainProcess {
  const child = fork(script, [], {
    env: withoutSecrets(env),
    // The parent's own flags (a debugger port, a test runner's loader) are not for the child.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    pid: child.pid ?? null,
    send: (message) => {
      child.send(message, () => {
        // A failed send means the process is ending; onEnd tells.
      });
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onEnd: (listener) => {
      let told = false;
      const tellOnce = (): void => {
        if (told) return;
        told = true;
        listener();
      };
      child.once('exit', tellOnce);
      child.on('error', tellOnce);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Everything the desktop needs (bus, display, home, locale), nothing that looks like a credential. */
export function withoutSecrets(env: ForkOptions['env']): Record<string, string | undefined> {
  const unwanted = /TOKEN|PASSWORD|SECRET|API_?KEY|^NODE_OPTIONS$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}
