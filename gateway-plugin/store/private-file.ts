/** Small private files: mode 0600 in folders 0700, replaced as a whole, created at most once. Synchronous throughout:
 * a decision must not be overtaken by the next message while it waits for the disk. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const fileMode = 0o600;
const folderMode = 0o700;

export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Larger files are nobody's: none of ours grows that far. */
const longestText = 64 * 1024 * 1024;

/**
 * Only a regular file in its place is read: a pipe or a device would hold up whoever reads, and a link leads elsewhere.
 * @returns null when there is no such file. @throws other file errors, `ENOTREG` and `EFBIG` among them
 */
export function readText(path: string, maxBytes = longestText): string | null {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error: unknown) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw fileError('ENOTREG', path);
    if (stats.size > maxBytes) throw fileError('EFBIG', path);
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function fileError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** Readers see the old text or the new one, never a part; it survives a crash right after. */
export function replaceText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode });
  const staged = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeNew(staged, text);
    renameSync(staged, path);
  } catch (error: unknown) {
    rmSync(staged, { force: true });
    throw error;
  }
}

/** @returns false when the file is there already: somebody else was first. */
export function createOnce(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode });
  try {
    writeNew(path, text);
    return true;
  } catch (error: unknown) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whole or not at all. A disk that is nearly full takes a part and calls that success. */
function writeNew(path: string, text: string): void {
  const handle = openSync(path, 'wx', fileMode);
  try {
    writeAll(handle, Buffer.from(text, 'utf8'));
    fsyncSync(handle);
  } catch (error: unknown) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    const written = writeSync(handle, bytes, at);
    if (written === 0) throw fileError('ENOSPC', 'nothing was written');
    at += written;
  }
}
