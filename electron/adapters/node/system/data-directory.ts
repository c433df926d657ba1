/** Where Portcullis keeps its files; the same place in both hosts, so that they share settings. */
import path from 'node:path';

export const appName = 'Portcullis';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The owner's home directory, absolute. */
  readonly home: string;
}

/**
 * Equal to Electron's `userData` for this app name, unless PORTCULLIS_DATA_DIR names another place (the desktop
 * host then sets `userData` to it). A relative PORTCULLIS_DATA_DIR is taken from the working directory.
 */
export function dataDirectory({ platform, env, home }: Surroundings): string {
  const rules = platform === 'win32' ? path.win32 : path.posix;
  const chosen = env['PORTCULLIS_DATA_DIR'];
  if (chosen !== undefined && chosen !== '') return rules.resolve(chosen);
  switch (platform) {
    case 'win32':
      return rules.join(setOr(env['APPDATA'], rules.join(home, 'AppData', 'Roaming')), appName);
    case 'darwin':
      return rules.join(home, 'Library', 'Application Support', appName);
    default:
      return rules.join(setOr(env['XDG_CONFIG_HOME'], rules.join(home, '.config')), appName);
  }
}

function setOr(value: string | undefined, fallback: string): string {
  return value === undefined || value === '' ? fallback : value;
}
