/** Keeps the compiled form of our code between starts: compiling is most of what a start costs. */
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { dataDirectory } from '../adapters/node/system/data-directory.ts';
import { withPrivateUmask } from '../adapters/node/system/private-umask.ts';
import { ownPlatform } from './own-platform.ts';

/**
 * In the data directory rather than Node's default in the temp folder: what is loaded from there is run, so nobody
 * else may write it. Where that folder cannot be made, the start just takes longer.
 */
export function useCompileCache(): void {
  const dataDir = dataDirectory({ platform: ownPlatform(), env: process.env, home: os.homedir() });
  const directory = path.join(dataDir, 'cache', 'code');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch {
    return; // whoever needs the data directory next says what is wrong with it
  }
  withPrivateUmask(() => enableCompileCache(directory));
}
