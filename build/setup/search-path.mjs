/** PATH, whatever the platform spells it: the folders on it, and others put before them. */
import { delimiter } from 'node:path';

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {readonly string[]}
 */
export function searchedFolders(env) {
  return (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/**
 * An environment in which programs are looked for in these folders before any other.
 * @param {readonly string[]} folders
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withFoldersFirst(folders, env) {
  const { PATH, Path, ...rest } = env;
  return { ...rest, PATH: [...folders, PATH ?? Path ?? ''].join(delimiter) };
}
