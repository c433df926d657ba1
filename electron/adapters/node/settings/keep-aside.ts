/** Moves a file that cannot be used out of the way, without ever replacing an older one that was kept. */
import { lstatSync, renameSync } from 'node:fs';

/** `newer`: not damaged, but written by a newer Portcullis. */
export type AsideReason = 'corrupt' | 'newer';

/**
 * Moved rather than copied: also works for a folder in its place or a file we may not read.
 * @param now epoch ms
 * @returns the path it has now, or null when it could not be moved
 */
export function keepAside(file: string, reason: AsideReason, now: number): string | null {
  try {
    const target = asideName(file, reason, now);
    renameSync(file, target);
    return target;
  } catch {
    return null;
  }
}

/**
 * A name beside `file` that nothing has yet.
 * @param now epoch ms
 */
export function asideName(file: string, reason: string, now: number): string {
  // Colons are not allowed in names on Windows.
  const time = new Date(now).toISOString().replaceAll(':', '-');
  const wanted = `${file}.${reason}-${time}`;
  let target = wanted;
  for (let copy = 2; exists(target); copy += 1) target = `${wanted}-${String(copy)}`;
  return target;
}

function exists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
