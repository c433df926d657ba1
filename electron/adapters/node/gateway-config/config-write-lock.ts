/**
 * The lock OpenClaw holds while it writes its config: a file `<config>.lock` that names the process. Holding it too
 * keeps our edit and one of OpenClaw's from passing each other; OpenClaw waits about 15 seconds for it.
 */
import { randomBytes } from 'node:crypto';
import { link, lstat, open, readFile, rename, rm } from 'node:fs/promises';
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
  let own = await take(lock);
  while (own === null) {
    const seen = await fingerprint(lock);
    if (seen !== null && (await isLeftBehind(lock, isAlive))) await removeDead(lock, seen);
    else if (performance.now() >= end) return null;
    else if (seen !== null) await delay(retryMs);
    own = await take(lock);
  }
  try {
    return { result: await run() };
  } finally {
    if ((await fingerprint(lock)) === own) await rm(lock, { force: true });
  }
}

/** The lock appears whole or not at all: one nobody can read would bar every edit. @returns its fingerprint */
async function take(lock: string): Promise<string | null> {
  const staged = aside(lock);
  try {
    const file = await open(staged, 'wx', 0o600);
    const text = JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() });
    await file.writeFile(text).finally(() => file.close());
    await link(staged, lock);
    return await fingerprint(staged);
  } catch (error: unknown) {
    if (hasCode(error, 'EEXIST')) return null;
    throw error;
  } finally {
    await rm(staged, { force: true });
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

/**
 * Moved aside first and looked at there: another waiter may have removed the dead one and hold the lock by now. Then it
 * is that one's again.
 */
async function removeDead(lock: string, seen: string): Promise<void> {
  const moved = aside(lock);
  try {
    await rename(lock, moved);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await fingerprint(moved)) !== seen) {
    await link(moved, lock).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  }
  await rm(moved, { force: true });
}

function aside(lock: string): string {
  return `${lock}.${String(process.pid)}-${randomBytes(4).toString('hex')}`;
}

/** Tells one lock from its successor at the same place; a moved or linked one keeps it. */
async function fingerprint(path: string): Promise<string | null> {
  try {
    const stats = await lstat(path, { bigint: true });
    return `${String(stats.ino)}:${String(stats.mtimeNs)}`;
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
