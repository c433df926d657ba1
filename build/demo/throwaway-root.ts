/** Where throw-away gateways live: in memory where that is roomy enough, else in the temp folder. */
import { mkdtemp, readFile, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
/** A gateway takes some 100 MB; several run side by side, and the machine needs its memory for more than that. */
const ROOMY_BYTES = 2 * 1024 ** 3;

export interface MemoryFolder {
  /** Mount options as Linux lists them, e.g. `rw,nosuid,nodev`. */
  readonly mountOptions: string;
  /** Of the folder and of the machine's memory, in bytes. */
  readonly free: number;
  readonly availableMemory: number;
}

/** Containers often mount it small, or so that no program can be started from it; a gateway's folder holds some. */
export function isRoomy({ mountOptions, free, availableMemory }: MemoryFolder): boolean {
  const options = mountOptions.split(',');
  return (
    options.includes('rw') &&
    !options.includes('noexec') &&
    free > ROOMY_BYTES &&
    availableMemory > ROOMY_BYTES
  );
}

/** @param mounts the text of /proc/self/mounts; the last mount on a folder is the one that counts */
export function mountOptionsOf(folder: string, mounts: string): string | null {
  const lines = mounts.split('\n').map((line) => line.split(' '));
  return lines.findLast(([, point]) => point === folder)?.[3] ?? null;
}

/** @returns a new folder for one gateway. Not removed by us: the gateway removes it when it stops. */
export async function makeThrowawayRoot(): Promise<string> {
  return await mkdtemp(join(await roomiestFolder(), 'portcullis-gateway-'));
}

async function roomiestFolder(): Promise<string> {
  if (process.platform !== 'linux') return tmpdir();
  try {
    const mountOptions = mountOptionsOf(memoryFolder, await readFile('/proc/self/mounts', 'utf8'));
    if (mountOptions === null) return tmpdir();
    const { bavail, bsize } = await statfs(memoryFolder);
    const found = { mountOptions, free: bavail * bsize, availableMemory: process.availableMemory() };
    return isRoomy(found) ? memoryFolder : tmpdir();
  } catch {
    return tmpdir(); // no such folder, or nothing may be known about it
  }
}
