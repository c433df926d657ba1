/** Tells whether somebody starts Portcullis on a machine where there is nothing to guard yet. */
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { dataDirectory, type Surroundings } from '../../electron/adapters/node/system/data-directory.ts';

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
  const found = await Promise.all([...places.map(exists), hasStateFolder(here.home)]);
  return !found.includes(true);
}

/** `~/.openclaw`, or `~/.openclaw-<profile>`, with a config in it. */
async function hasStateFolder(home: string): Promise<boolean> {
  const names = await readdir(home).catch(() => []);
  const folders = names.filter((name) => name === '.openclaw' || name.startsWith('.openclaw-'));
  const found = await Promise.all(folders.map((name) => exists(join(home, name, 'openclaw.json'))));
  return found.includes(true);
}

function commandPlaces({ env, platform }: Surroundings): readonly string[] {
  const name = platform === 'win32' ? 'openclaw.cmd' : 'openclaw';
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter);
  return folders.filter((folder) => folder !== '').map((folder) => join(folder, name));
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
