/** The files of the journal on disk: which there are, reading them, and mending one whose last line was cut off. */
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asideName } from '../settings/keep-aside.ts';
import { hasCode } from '../system/file-errors.ts';
import { chainStart, endAfter, readLine, type ChainEnd } from './journal-line.ts';

export const currentName = 'journal.jsonl';
/** Full ones, named after their last line's number. */
const fullName = /^journal\.\d{12}\.jsonl$/;

export function fullNameOf(seq: number): string {
  return `journal.${String(seq).padStart(12, '0')}.jsonl`;
}

/** Full ones, oldest first; absolute. */
export function fullFiles(directory: string): readonly string[] {
  try {
    const names = readdirSync(directory).filter((name) => fullName.test(name));
    return names.toSorted().map((name) => path.join(directory, name));
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Complete lines; none when there is no such file. @throws other file errors */
export function linesOf(file: string): readonly string[] {
  return bytesOf(file).toString('utf8').split('\n').slice(0, -1);
}

export function allLines(directory: string): readonly string[] {
  return [...fullFiles(directory), path.join(directory, currentName)].flatMap(linesOf);
}

/** Where the chain stands after the newest line. */
export function findEnd(directory: string): ChainEnd {
  const newestFull = fullFiles(directory).slice(-1);
  const newest = [...newestFull, path.join(directory, currentName)].flatMap(linesOf);
  return newest.reduce((end, text) => endAfter(text, end), chainStart);
}

/**
 * A last line without its line break was cut off while it was written, by a crash or a full disk. A whole one gets its
 * line break; of a torn one the piece is kept beside the journal, which then ends with the line before.
 * @param now epoch ms
 * @returns where the piece is, or null when nothing was torn
 * @throws file errors
 */
export function mendEnd(file: string, now: number): string | null {
  const bytes = bytesOf(file);
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole === bytes.length) return null;
  const tail = bytes.subarray(whole);
  if (readLine(tail.toString('utf8')) !== null) {
    writeFileSync(file, '\n', { flag: 'a' });
    return null;
  }
  const aside = asideName(file, 'torn', now);
  writeFileSync(aside, tail, { flag: 'wx', mode: 0o600 });
  truncateSync(file, whole);
  return aside;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}
