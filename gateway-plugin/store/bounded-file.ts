/** Reads a small file that somebody else may have put there: never waits for a pipe, never reads more than is wanted. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** @returns its text; null for what is missing, larger, no file, or not UTF-8 */
export function readBounded(path: string, mostBytes: number): string | null {
  let handle: number | null = null;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(handle).isFile()) return null;
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(handle, bytes, length, bytes.length - length, length);
    if (length > mostBytes) return null;
    const text = bytes.toString('utf8', 0, length);
    return Buffer.from(text, 'utf8').equals(bytes.subarray(0, length)) ? text : null;
  } catch {
    return null;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
