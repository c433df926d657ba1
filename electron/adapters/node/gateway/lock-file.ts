/**
 * The running gateway's lock file: it names the process and the port really in use
 * (docs/GATEWAY-PROTOCOL.md#finding-the-gateway).
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { processExists } from '../system/process-exists.ts';

const schema = z.object({ pid: z.int().positive(), port: z.int().min(1).max(65_535) });

export type GatewayLock = z.output<typeof schema>;

/** @returns null when no gateway runs from this state folder, or it left no readable lock */
export async function readLiveLock(
  stateDir: string,
  isAlive: (pid: number) => boolean = processExists,
): Promise<GatewayLock | null> {
  const temp = join(stateDir, 'tmp');
  const names = await readdir(temp).catch(() => []);
  // The folder carries the user's id where the system has one.
  for (const name of names.filter((entry) => entry === 'openclaw' || entry.startsWith('openclaw-'))) {
    const lock = await readLock(join(temp, name, 'gateway.state.lock'));
    if (lock !== null && isAlive(lock.pid)) return lock;
  }
  return null;
}

async function readLock(path: string): Promise<GatewayLock | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
