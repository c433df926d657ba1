/** Removes from the cache what earlier versions of this code left there and what an interrupted run did not finish. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;
/** No installation takes so long. */
const UNFINISHED_AFTER_MS = 24 * HOUR_MS;
/** Other checkouts share the cache, and use what this one does not know any more. */
const UNUSED_AFTER_MS = 7 * 24 * HOUR_MS;

export interface InUse {
  readonly cacheDir: string;
  /** The installed OpenClaw, in `cacheDir`. */
  readonly home: string;
  /** The prepared state, in `home`. */
  readonly state: string;
}

/** @param now ms since 1970 */
export async function removeStaleInstalls({ cacheDir, home, state }: InUse, now = Date.now()): Promise<void> {
  const date = new Date(now);
  for (const folder of [home, state]) await utimes(folder, date, date);
  const installs = await namesIn(cacheDir, 'openclaw-');
  const leftovers = await namesIn(home, 'compile-cache.old-');
  const unfinished = [...installs.filter((path) => path.includes('.installing-')), ...leftovers];
  const unused = [...installs, ...(await namesIn(home, 'state-'))].filter(
    (path) => !unfinished.includes(path),
  );
  await removeOlder(unfinished, now - UNFINISHED_AFTER_MS);
  await removeOlder(unused, now - UNUSED_AFTER_MS);
}

async function namesIn(folder: string, prefix: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith(prefix)).map((name) => join(folder, name));
}

async function removeOlder(folders: readonly string[], than: number): Promise<void> {
  for (const folder of folders) {
    const found = await stat(folder).catch(() => null); // another run may be tidying too
    if (found !== null && found.mtimeMs < than) await rm(folder, { recursive: true, force: true });
  }
}
