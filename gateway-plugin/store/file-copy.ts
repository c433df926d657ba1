/** Files that go along with a message, known by what is in them: a name says nothing about what leaves. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { errorCode } from './private-file.ts';

/** Larger ones are not read: a message with one cannot be let out by an answer. */
export const longestFile = 100 * 1024 * 1024;

export interface FileFacts {
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
}

export type FileProblem = 'missing' | 'not-a-file' | 'too-large' | 'unreadable';

/** Never waits for a pipe or a device, and never throws. */
export async function hashFile(path: string): Promise<Result<FileFacts, FileProblem>> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile()) return fail('not-a-file');
    if (stats.size > longestFile) return fail('too-large');
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > longestFile) return fail('too-large');
      hash.update(chunk);
    }
    return ok({ bytes, sha256: hash.digest('hex') });
  } catch (error: unknown) {
    return fail(errorCode(error) === 'ENOENT' ? 'missing' : 'unreadable');
  }
}
