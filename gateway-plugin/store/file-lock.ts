/**
 * A lock between processes: a file that names its holder. It appears whole or not at all, and one whose process is gone
 * is moved aside first and looked at there: whoever took it in the meantime gets it back.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createOnce, errorCode, readText } from './private-file.ts';

/** What the holder does is short and never waits: nobody waits for it either. @returns null when somebody holds it */
export function withFileLock<T>(path: string, run: () => T): { readonly result: T } | null {
  const own = take(path);
  if (own === null) return null;
  try {
    return { result: run() };
  } finally {
    if (fingerprint(path) === own) rmSync(path, { force: true });
  }
}

/** @returns the fingerprint of the lock that is ours now */
function take(path: string): string | null {
  // More than a few rounds: somebody is racing us.
  for (let round = 0; round < 3; round += 1) {
    const taken = create(path);
    if (taken !== null) return taken;
    const seen = fingerprint(path);
    if (seen === null) continue;
    if (isHeld(path)) return null;
    removeDead(path, seen);
  }
  return null;
}

function create(path: string): string | null {
  const staged = `${path}.${randomBytes(6).toString('hex')}`;
  createOnce(staged, `${String(process.pid)}\n`);
  try {
    linkSync(staged, path);
    return fingerprint(staged);
  } catch (error: unknown) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(staged, { force: true });
  }
}

/**
 * Everything the holder does happens in one piece: a lock of this very process was left behind by an earlier one with
 * its number. What nobody can read was never a lock.
 */
function isHeld(path: string): boolean {
  const pid = Number(readText(path)?.trim());
  return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && processExists(pid);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error: unknown) {
    return errorCode(error) === 'EPERM'; // somebody else's
  }
}

function removeDead(path: string, seen: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error: unknown) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (fingerprint(aside) !== seen) putBack(aside, path);
  rmSync(aside, { force: true });
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error: unknown) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Tells one lock from its successor at the same place; a moved or linked one keeps it. */
function fingerprint(path: string): string | null {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${String(stats.ino)}:${String(stats.mtimeNs)}`;
}
