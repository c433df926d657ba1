/**
 * OpenClaw keeps its locks on every database in one folder for all of a user's gateways, whatever TMPDIR says, and leaves
 * them there. They are empty files named after the database's path, so ours can be told from everybody else's.
 */
import { createHash } from 'node:crypto';
import { readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

const lockName = /^[a-z-]+\.([0-9a-f]{8})\.lock\.sqlite$/;

/**
 * Removes the locks on databases below `folder`, which nobody may have open any more. Call it before the folder is gone.
 * @param locks for tests
 */
export async function forgetStateLocks(folder: string, locks: string = systemLocks()): Promise<void> {
  const ours = new Set((await databasesIn(folder)).map(mark));
  for (const name of await readdir(locks).catch((): string[] => [])) {
    if (ours.has(lockName.exec(name)?.[1] ?? '')) await rm(join(locks, name), { force: true });
  }
}

/** The folder itself stays: another OpenClaw of this user may be about to use it. On Windows it is below the user's home. */
function systemLocks(): string {
  return join('/tmp', `openclaw-state-locks-${String(process.getuid?.() ?? 0)}`);
}

async function databasesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.sqlite'));
  return await Promise.all(files.map((file) => realpath(join(file.parentPath, file.name))));
}

function mark(database: string): string {
  return createHash('sha256').update(database).digest('hex').slice(0, 8);
}
