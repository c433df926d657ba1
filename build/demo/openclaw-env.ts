/** What OpenClaw's programs find in their environment when we start them. */
import { dirname } from 'node:path';
import { withFoldersFirst } from '../setup/search-path.mjs';

/**
 * The environment without anything that would point OpenClaw at the user's own gateway, and without a test runner's
 * marks: OpenClaw takes short cuts when it believes it is under test.
 */
export function withoutOpenClawSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unwanted = /^(OPENCLAW_|VITEST|NODE_ENV$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}

/** Scripts that ask for `node` through PATH get the one that runs this, not an older system Node. */
export function withOurNodeFirst(env: NodeJS.ProcessEnv, ...before: readonly string[]): NodeJS.ProcessEnv {
  return withFoldersFirst([...before, dirname(process.execPath)], env);
}

/**
 * OpenClaw keeps compiled code in the temp folder, of which every throw-away gateway has a new one; a shared cache saves
 * a quarter of the work of a start and a seventh of a command's (measured). The second name tells OpenClaw not to start
 * itself again for its own.
 */
export function compileCacheSettings(compileCache: string): Readonly<Record<string, string>> {
  return { NODE_COMPILE_CACHE: compileCache, OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1' };
}
