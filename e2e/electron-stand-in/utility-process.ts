/** Electron's `utilityProcess`: a plain Node child with the same messages. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { ForkOptions } from 'electron';
import { onlyOnceReady } from './acting.ts';

const bootstrap = path.join(import.meta.dirname, 'utility-bootstrap.ts');

export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], { env }: ForkOptions = {}): EventEmitter => {
    onlyOnceReady('utility process');
    const child = fork(bootstrap, [modulePath, ...args], {
      env: { ...(env ?? process.env) },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const utility = Object.assign(new EventEmitter(), {
      // None before it has started.
      pid: undefined as number | undefined,
      postMessage: (message: unknown) => {
        if (child.connected) child.send(message as object);
      },
      kill: () => utility.pid !== undefined && child.kill('SIGTERM'),
    });
    child.on('message', (message) => utility.emit('message', message));
    child.once('spawn', () => {
      utility.pid = child.pid;
      utility.emit('spawn');
    });
    child.once('exit', (code) => {
      utility.pid = undefined;
      utility.emit('exit', code);
    });
    return utility;
  },
};
