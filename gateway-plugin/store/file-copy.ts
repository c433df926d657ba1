/** Files that are to leave: what is in them, read once and never more than a message carries. */
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { errorCode } from './private-file.ts';

/** Beyond this a message is not bound to its bytes, and so cannot be let out once. */
export const longestFile = 100 * 1024 * 1024;

export type FileProblem =
  | 'missing'
  /** A folder, pipe, device or socket, or an address elsewhere. */
  | 'not-a-file'
  | 'too-large'
  | 'unreadable';

export interface FileFacts {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const pieceBytes = 1024 * 1024;
const remote = /^[a-z][a-z0-9+.-]+:\/\//iu;

/** Never waits for a pipe and never throws. */
export async function hashFile(path: string): Promise<Result<FileFacts, FileProblem>> {
  return await readWhole(path, null);
}

/** A copy nobody else changes any more; the hash is of what was copied. */
export interface PrivateCopy extends FileFacts {
  readonly path: string;
  remove(): Promise<void>;
}

/** @param folder gets a folder of its own for the copy, which keeps its name: the recipient sees it */
export async function copyPrivately(path: string, folder: string): Promise<Result<PrivateCopy, FileProblem>> {
  const own = join(folder, randomUUID());
  const copy = join(own, basename(path));
  const remove = (): Promise<void> => rm(own, { recursive: true, force: true });
  let to: FileHandle | null = null;
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    to = await open(copy, 'wx', 0o600);
    const read = await readWhole(path, to);
    if (read.ok) return ok({ ...read.value, path: copy, remove });
    await remove();
    return read;
  } catch {
    await remove().catch(() => undefined);
    return fail('unreadable');
  } finally {
    await to?.close().catch(() => undefined);
  }
}

async function readWhole(path: string, to: FileHandle | null): Promise<Result<FileFacts, FileProblem>> {
  let from: FileHandle | null = null;
  try {
    const local = path.startsWith('file://') ? fileURLToPath(path) : path;
    if (remote.test(local)) return fail('not-a-file');
    from = await open(local, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = await from.stat();
    if (!about.isFile()) return fail('not-a-file');
    if (about.size > longestFile) return fail('too-large');
    return await readPieces(from, to);
  } catch (error: unknown) {
    return fail(errorCode(error) === 'ENOENT' ? 'missing' : 'unreadable');
  } finally {
    await from?.close().catch(() => undefined);
  }
}

async function readPieces(from: FileHandle, to: FileHandle | null): Promise<Result<FileFacts, FileProblem>> {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(piece, 0, pieceBytes, bytes);
    if (bytesRead === 0) return ok({ bytes, sha256: hash.digest('hex') });
    const read = piece.subarray(0, bytesRead);
    hash.update(read);
    await to?.appendFile(read);
    bytes += bytesRead;
    if (bytes > longestFile) return fail('too-large'); // it grew while it was read
  }
}
