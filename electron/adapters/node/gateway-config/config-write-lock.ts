/**
 * The lock OpenClaw holds while it writes its config: a file `<config>.lock` that names the process. Holding it too
 * keeps our edit and one of OpenClaw's from passing each other; OpenClaw waits about 15 seconds for it.
 */
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { hasCode } from '../system/file-errors.ts';
import { processExists } from '../system/process-exists.ts';

const retryMs = 50;
const lockOwner = z.looseObject({ pid: z.int().positive() });

export interface LockOptions {
  /** How long to wait for a writer. */
  readonly patienceMs: number;
  readonly isAlive?: (pid: number) => boolean;
}

/** @returns null, and nothing was run, when somebody else kept the lock all the time. @throws what `run` throws */
export async function withConfigWriteLock<T>(
  configPath: string,
  { patienceMs, isAlive = processExists }: LockOptions,
  run: () => Promise<T>,
): Promise<{ readonly result: T } | null> {
  const lock = `${configPath}.lock`;
  const end = performance.now() + patienceMs;
  while (!(await take(lock))) {
    if (await isLeftBehind(lock, isAlive)) await rm(lock, { force: true });
    else if (performance.now() >= end) return null;
    else await delay(retryMs);
  }
  try {
    return { result: await run() };
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  const text = JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() });
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error: unknown) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Its process is gone for sure, by OpenClaw's own rule. A lock nobody can read is respected. */
async function isLeftBehind(lock: string, isAlive: (pid: number) => boolean): Promise<boolean> {
  try {
    const owner = lockOwner.safeParse(JSON.parse(await readFile(lock, 'utf8')));
    return owner.success && !isAlive(owner.data.pid);
  } catch {
    return false;
  }
}
