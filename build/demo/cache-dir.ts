/** Where downloads that survive a run are kept, per platform convention. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder may not exist yet. `PORTCULLIS_CACHE_DIR` names it outright (a desktop bench has a home of its own);
 * `XDG_CACHE_HOME` wins on every platform so that CI can point it elsewhere.
 */
export function defaultCacheDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env['PORTCULLIS_CACHE_DIR'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && xdg !== '') return join(xdg, 'portcullis');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'portcullis');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'portcullis');
  return join(homedir(), '.cache', 'portcullis');
}
