/** Small private files: mode 0600 in folders 0700, replaced as a whole, created at most once. Synchronous throughout:
 * a decision must not be overtaken by the next message while it waits for the disk. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
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

/** @returns null when there is no such file. @throws other file errors */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error: unknown) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
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

function writeNew(path: string, text: string): void {
  const handle = openSync(path, 'wx', fileMode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
