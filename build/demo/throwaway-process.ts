/** The process of a throw-away gateway: started, waited for, and ended with everything it started itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { InstalledOpenClaw } from './openclaw-install.ts';
import type { Place } from './throwaway-folder.ts';
import { waitUntil } from './wait-until.ts';

export const startDeadlineMs = 120_000;
const stopDeadlineMs = 20_000;

export interface RunningGateway {
  readonly child: ChildProcess;
  /** Set when the process has ended. */
  readonly ended: { how: string | null };
  readonly lastLines: string[];
  readonly killAtExit: () => void;
}

export function launch(
  openclaw: InstalledOpenClaw,
  place: Place,
  onLog: ((line: string) => void) | undefined,
): RunningGateway {
  // A process group of its own: helpers that outlive the gateway can be ended with it.
  const child = spawn(openclaw.node, [openclaw.entry, 'gateway', 'run'], {
    cwd: place.root,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const running: RunningGateway = {
    child,
    ended: { how: null },
    lastLines: [],
    killAtExit: () => {
      killGroup(child);
    },
  };
  child.once('error', (error) => (running.ended.how = error.message));
  child.once('exit', (code, signal) => (running.ended.how = signal ?? `exit code ${String(code)}`));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      running.lastLines.push(line);
      if (running.lastLines.length > 30) running.lastLines.shift();
      onLog?.(line);
      // At once: ordered, and small enough for a throw-away log.
      appendFileSync(join(place.root, 'console.log'), `${line}\n`);
    });
  }
  process.once('exit', running.killAtExit);
  return running;
}

export async function waitUntilReady(gateway: RunningGateway, place: Place): Promise<void> {
  await waitUntil(
    'The start of the OpenClaw gateway',
    async () => {
      if (gateway.ended.how !== null) {
        const log = gateway.lastLines.join('\n  ');
        throw new Error(`The OpenClaw gateway ended while starting (${gateway.ended.how}).\n  ${log}`);
      }
      return (await isReady(place.readyUrl)) ? true : undefined;
    },
    startDeadlineMs,
    100,
  );
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Resolves when the process and its helpers are gone. */
export async function end(gateway: RunningGateway): Promise<void> {
  gateway.child.kill('SIGTERM');
  await waitUntil(
    'The end of the OpenClaw gateway',
    () => (gateway.ended.how === null ? undefined : true),
    stopDeadlineMs,
  ).catch(() => undefined);
  killGroup(gateway.child);
  await waitUntil(
    'The end of the OpenClaw gateway and its helpers',
    () => (groupIsAlive(gateway.child) ? undefined : true),
    stopDeadlineMs,
  );
  process.off('exit', gateway.killAtExit);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody left
  }
}

function groupIsAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
