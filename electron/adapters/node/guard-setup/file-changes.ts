/** A handful of our own files put in place or taken away together; every run gives the changes that take it back. */
import { readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileChangeView } from '../../../contract/guard/guard-view.ts';
import { hasCode } from '../system/file-errors.ts';
import { replaceFile } from '../system/replace-file.ts';

export interface FileChange {
  readonly path: string;
  /** Null: removed. */
  readonly content: Buffer | null;
  readonly mode: number;
}

export const privateMode = 0o600;
export const programMode = 0o700;

/** Only what would really change, for the owner. */
export async function describeFileChanges(
  changes: readonly FileChange[],
): Promise<readonly FileChangeView[]> {
  const views: FileChangeView[] = [];
  for (const { path, content, mode } of changes) {
    const present = await presentState(path);
    if (content === null) {
      if (present.content !== null) views.push({ path, change: 'removed' });
    } else if (present.content === null) views.push({ path, change: 'created' });
    else if (!present.content.equals(content) || isNotRunnable(present.mode, mode))
      views.push({ path, change: 'replaced' });
  }
  return views;
}

/**
 * Folders left empty below `root` go with their last file.
 * @returns what takes it back
 * @throws file errors; what was done until then is taken back first
 */
export async function makeFileChanges(
  changes: readonly FileChange[],
  root: string,
): Promise<readonly FileChange[]> {
  const back: FileChange[] = [];
  try {
    for (const change of changes) {
      back.unshift(await presentState(change.path));
      await makeChange(change, root);
    }
    return back;
  } catch (error: unknown) {
    for (const change of back) await makeChange(change, root).catch(() => undefined);
    throw error;
  }
}

/** Other rights than those to run it do not keep the guard from working, and Windows has none of them. */
function isNotRunnable(present: number, wanted: number): boolean {
  return (wanted & 0o100) !== 0 && (present & 0o100) === 0;
}

async function presentState(path: string): Promise<FileChange> {
  const content = await readIfThere(path);
  const mode = content === null ? privateMode : (await stat(path)).mode & 0o7777;
  return { path, content, mode };
}

async function makeChange({ path, content, mode }: FileChange, root: string): Promise<void> {
  if (content !== null) {
    await replaceFile(path, content, { mode, owner: null });
    return;
  }
  await rm(path, { force: true });
  let folder = dirname(path);
  while (folder.startsWith(root) && (await removeEmptyFolder(folder))) folder = dirname(folder);
}

/** @returns whether it is gone */
async function removeEmptyFolder(folder: string): Promise<boolean> {
  return await rmdir(folder).then(
    () => true,
    (error: unknown) => hasCode(error, 'ENOENT'),
  );
}

/** @throws file errors other than its absence */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}
