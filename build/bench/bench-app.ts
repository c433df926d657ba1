/** The built browser host as a process of its own, pointed at a throw-away gateway, with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { root } from '../setup/repository.mjs';

export interface BenchApp {
  readonly pid: number;
  /** `performance.now()` just before the process was asked for. */
  readonly spawnedAt: number;
  stop(): Promise<void>;
}

/** @throws when the process cannot be started */
export function startBenchApp(gateway: ThrowawayGateway, dataDir: string): BenchApp {
  const spawnedAt = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/main/browser.js'), '--no-open'], {
    cwd: root,
    env: { ...gateway.env, PORTCULLIS_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The app could not be started: build it first.');
  return { pid, spawnedAt, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
