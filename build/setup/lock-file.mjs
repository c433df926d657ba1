/** Compares npm's record of what it installed with what package-lock.json asks for. */
import { readFileSync } from 'node:fs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} Locked */
/** @typedef {Readonly<Record<string, Locked>>} Packages by path, as in a lock file of version 3 */

/**
 * @param {string} path
 * @returns {Packages | null} null when there is no readable lock file
 */
export function readLock(path) {
  try {
    const { packages } = JSON.parse(readFileSync(path, 'utf8'));
    return typeof packages === 'object' ? packages : null;
  } catch {
    return null;
  }
}

/**
 * Packages of other platforms are optional and may be absent; nothing else may differ.
 * @param {Packages} installed
 * @param {Packages} wanted
 */
export function holdsExactly(installed, wanted) {
  return (
    Object.keys(installed).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
      if (path === '') return true; // the project itself
      const present = installed[path];
      if (present === undefined) return optional === true;
      return present.version === version && present.integrity === integrity;
    })
  );
}
