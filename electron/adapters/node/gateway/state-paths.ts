/**
 * Where OpenClaw keeps its state and config on this machine, by its own rules
 * (docs/GATEWAY-PROTOCOL.md#where-openclaw-keeps-its-state).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface StatePaths {
  readonly stateDir: string;
  readonly configPath: string;
}

export interface StatePathInputs {
  readonly env: NodeJS.ProcessEnv;
  /** The operating system's idea of the home folder. */
  readonly home: string;
  readonly exists?: (path: string) => boolean;
}

/**
 * Reads OPENCLAW_HOME, HOME, USERPROFILE, OPENCLAW_PROFILE, OPENCLAW_STATE_DIR and OPENCLAW_CONFIG_PATH; blank ones
 * count as absent.
 */
export function resolveStatePaths({ env, home, exists = existsSync }: StatePathInputs): StatePaths {
  const osHome = setting(env, 'HOME') ?? setting(env, 'USERPROFILE') ?? home;
  const ownHome = setting(env, 'OPENCLAW_HOME');
  const effectiveHome = ownHome === null ? osHome : fromHome(ownHome, osHome);

  const given = setting(env, 'OPENCLAW_STATE_DIR');
  const stateDir =
    given === null ? defaultStateDir(env, effectiveHome, exists) : fromHome(given, effectiveHome);
  const config = setting(env, 'OPENCLAW_CONFIG_PATH');
  const configPath = config === null ? join(stateDir, 'openclaw.json') : fromHome(config, effectiveHome);
  return { stateDir, configPath };
}

/** Trimmed; null when absent or blank. */
export function setting(env: NodeJS.ProcessEnv, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

function defaultStateDir(env: NodeJS.ProcessEnv, home: string, exists: (path: string) => boolean): string {
  const profile = setting(env, 'OPENCLAW_PROFILE');
  if (profile !== null && profile.toLowerCase() !== 'default') return join(home, `.openclaw-${profile}`);
  const current = join(home, '.openclaw');
  const older = join(home, '.clawdbot');
  return !exists(current) && exists(older) ? older : current;
}

function fromHome(path: string, home: string): string {
  return resolve(path.replace(/^~(?=$|[\\/])/, () => home));
}
