/** Puts a whole file in place at once: readers see the old one or the new one, and it survives a crash right after. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FileMarks {
  readonly mode: number;
  /** Null: whoever runs this. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

const folderMode = 0o700;

/**
 * @param stillWanted asked right before the new file takes its place; false: nothing is changed
 * @returns what `stillWanted` said
 * @throws file errors; nothing is changed then, and no temporary file is left
 */
export async function replaceFile(
  path: string,
  content: Buffer | string,
  marks: FileMarks,
  stillWanted: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: folderMode });
  const staged = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeStaged(staged, content, marks);
    if (!(await stillWanted())) return false;
    await rename(staged, path);
    await syncFolder(dirname(path));
    return true;
  } finally {
    await rm(staged, { force: true });
  }
}

async function writeStaged(
  path: string,
  content: Buffer | string,
  { mode, owner }: FileMarks,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    if (owner !== null) await file.chown(owner.uid, owner.gid);
    await file.chmod(mode); // after chown, which may clear bits; and the umask does not count here
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name itself durable; systems that cannot open a folder do without. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
