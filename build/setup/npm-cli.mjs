/** Finds npm's JavaScript entry, so that npm runs under the Node we choose and without a shell on any platform. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { searchedFolders } from './search-path.mjs';

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} path of `npm-cli.js`, null where there is no npm
 */
export function findNpmCli(env = process.env) {
  const running = env['npm_execpath'];
  if (running !== undefined && basename(running) === 'npm-cli.js') return running;
  for (const folder of [dirname(process.execPath), ...searchedFolders(env)]) {
    for (const candidate of [join(folder, 'npm'), join(folder, 'node_modules/npm/bin/npm-cli.js')]) {
      if (!existsSync(candidate)) continue;
      const file = realpathSync(candidate);
      if (basename(file) === 'npm-cli.js') return file;
      const beside = join(dirname(file), 'npm-cli.js');
      if (existsSync(beside)) return beside;
    }
  }
  return null;
}
