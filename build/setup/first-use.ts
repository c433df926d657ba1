/** Tells whether somebody starts Portcullis on a machine where there is nothing to guard yet. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataDirectory, type Surroundings } from '../../electron/adapters/node/system/data-directory.ts';
import { searchedFolders } from './search-path.mjs';

/** Any of these points at a gateway. */
const gatewayVariables = [
  'OPENCLAW_CONFIG_PATH',
  'OPENCLAW_STATE_DIR',
  'OPENCLAW_HOME',
  'OPENCLAW_PROFILE',
  'OPENCLAW_GATEWAY_URL',
  'OPENCLAW_GATEWAY_PORT',
];

/** True when no OpenClaw is found and Portcullis has never stored a setting (e.g. the address of a remote gateway). */
export async function isNewHere(here: Surroundings): Promise<boolean> {
  if (gatewayVariables.some((name) => here.env[name] !== undefined)) return false;
  const places = [join(dataDirectory(here), 'settings.json'), ...commandPlaces(here)];
  return !places.some((place) => existsSync(place)) && !(await hasStateFolder(here.home));
}

/** `~/.openclaw`, or `~/.openclaw-<profile>`, with a config in it. */
async function hasStateFolder(home: string): Promise<boolean> {
  const names = await readdir(home).catch(() => []);
  const folders = names.filter((name) => name === '.openclaw' || name.startsWith('.openclaw-'));
  return folders.some((name) => existsSync(join(home, name, 'openclaw.json')));
}

function commandPlaces({ env, platform }: Surroundings): readonly string[] {
  const name = platform === 'win32' ? 'openclaw.cmd' : 'openclaw';
  return searchedFolders(env).map((folder) => join(folder, name));
}
