/** The files of a message as the owner is shown them, and the one hash that stands for everything that would leave. */
import { fileURLToPath } from 'node:url';
import type { StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import { hashFile } from '../store/file-copy.ts';
import { sha256 } from '../store/sha256.ts';
import type { ToolFile } from './tool-send.ts';

/** More are not looked at one by one: nobody would compare them. */
const lookedAt = 50;

/** A remote address, or a file that cannot be read, has no hash. */
export async function stoppedFiles(files: readonly ToolFile[]): Promise<readonly StoppedFile[]> {
  if (files.length > lookedAt) {
    const rest = { name: `${String(files.length)} files`, bytes: null, sha256: null };
    return [...(await stoppedFiles(files.slice(0, lookedAt - 1))), rest];
  }
  return await Promise.all(
    files.map(async (file) => {
      const name = file.name.slice(0, 2000);
      if ('content' in file) {
        return { name, bytes: file.content.length, sha256: sha256(file.content) };
      }
      const path = localPath(file.name);
      const read = path === null ? null : await hashFile(path);
      return read?.ok === true ? { name, ...read.value } : { name, bytes: null, sha256: null };
    }),
  );
}

/**
 * For a message of nothing but text the hash of that text, which every guard on the way can tell; else it covers what
 * else is in the message and every file by name and bytes.
 */
export function contentHash(content: string, files: readonly StoppedFile[]): string {
  if (files.length === 0) return sha256(content);
  return sha256(JSON.stringify([content, files.map((file) => [file.name, file.sha256])]));
}

export function localPath(name: string): string | null {
  try {
    if (/^file:/iu.test(name)) return fileURLToPath(name);
  } catch {
    return null;
  }
  // One letter before a colon is a drive.
  return /^[a-z][a-z0-9+.-]+:/iu.test(name) ? null : name;
}
