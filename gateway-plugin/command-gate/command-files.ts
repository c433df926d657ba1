/** The files of a command as the owner is shown them: read at once, for the command waits for nothing. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import { localPath } from '../plugin/outgoing-files.ts';
import type { ToolFile } from '../plugin/tool-send.ts';
import { longestFile } from '../store/file-copy.ts';

/** One more would be cut off where it is shown; such a message is never let out once. */
const most = 50;
const pieceBytes = 1024 * 1024;

export function commandFiles(files: readonly ToolFile[]): readonly StoppedFile[] {
  if (files.length > most) return [{ name: `${String(files.length)} files`, bytes: null, sha256: null }];
  return files.map((file) => ({ name: file.name.slice(0, 2000), ...hashNow(localPath(file.name)) }));
}

/** Never waits for a pipe and never throws; a hash of null is of what could not be read. */
function hashNow(path: string | null): Omit<StoppedFile, 'name'> {
  const unread = { bytes: null, sha256: null };
  if (path === null) return unread;
  let handle: number | null = null;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(handle).isFile()) return unread;
    const hash = createHash('sha256');
    const piece = Buffer.alloc(pieceBytes);
    let bytes = 0;
    for (;;) {
      const read = readSync(handle, piece, 0, pieceBytes, bytes);
      if (read === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(piece.subarray(0, read));
      bytes += read;
      if (bytes > longestFile) return unread;
    }
  } catch {
    return unread;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
