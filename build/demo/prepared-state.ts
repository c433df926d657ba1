/**
 * The state every throw-away gateway starts from a copy of: OpenClaw's iMessage plugin installed and trusted. It is made
 * once for each way of making it, and kept beside the installed OpenClaw.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runCommand } from '../setup/run-command.mjs';
import { compileCacheSettings, withOurNodeFirst, withoutOpenClawSettings } from './openclaw-env.ts';
import { slimPlugin } from './slim-plugin.ts';
import { forgetStateLocks } from './state-locks.ts';

/**
 * slim: the plugin's dependencies are repackaged, which saves a quarter of the work of every start (measured).
 * unmodified: exactly as OpenClaw installed it.
 */
export type StateKind = 'slim' | 'unmodified';

export interface StatePlace {
  /** The installed OpenClaw's folder. */
  readonly home: string;
  /** `openclaw.mjs` */
  readonly entry: string;
  readonly compileCache: string;
}

/** It brings its own dependencies along, so this hash covers all of its code. */
export const imessagePlugin = {
  name: '@openclaw/imessage',
  version: '2026.9.6',
  integrity:
    'sha512-CM66AnHn53Hhuel2yqmM/gxsTcxc/2DPi4rSPrahWsRue/IPGEUHNda/ZjrhVx1YYhofqTNeH4BbJPUfx5Q3zg==',
} as const;

const PLUGIN_DEADLINE_MS = 5 * 60_000;
/** Written last: a state that was not finished is never used. */
const finishedMark = 'prepared';
const ourCode = ['prepared-state.ts', 'slim-plugin.ts'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

/** @returns the state's folder, of this kind and made by this code; null when there is none yet */
export async function findPreparedState(home: string, kind: StateKind): Promise<string | null> {
  const prefix = await statePrefix(kind);
  const names = (await readdir(home)).filter((name) => name.startsWith(prefix));
  const folder = names
    .toSorted()
    .map((name) => join(home, name))
    .find((each) => existsSync(join(each, finishedMark)));
  return folder ?? null;
}

/** The plugin's path is written into the state, so it is built where it stays. */
export async function prepareState(
  place: StatePlace,
  kind: StateKind,
  progress: (line: string) => void,
): Promise<string> {
  const started = Date.now();
  progress("Installing OpenClaw's iMessage plugin (about 20 seconds, once).");
  const state = join(place.home, `${await statePrefix(kind)}${randomBytes(6).toString('hex')}`);
  try {
    const plugin = await installPlugin(place, state, progress);
    if (kind === 'slim') await slimPlugin(plugin);
    await writeFile(join(state, finishedMark), '');
    progress(`iMessage plugin installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
    return state;
  } catch (error: unknown) {
    await rm(state, { recursive: true, force: true });
    throw error;
  } finally {
    await forgetStateLocks(state);
  }
}

/** Named after the code that makes it, so that a state made in any other way is never taken for it. */
export async function statePrefix(kind: StateKind): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ourCode) hash.update(await readFile(file));
  return `state-${kind}-${hash.digest('hex').slice(0, 12)}-`;
}

/** @returns the plugin's folder */
async function installPlugin(
  { entry, compileCache }: StatePlace,
  state: string,
  progress: (line: string) => void,
): Promise<string> {
  const scratch = join(state, 'scratch');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const config = join(state, 'openclaw.json');
  const settings = {
    gateway: { mode: 'local' },
    update: { checkOnStart: false },
    logging: { file: join(scratch, 'openclaw.log') },
  };
  await writeFile(config, JSON.stringify(settings));
  const wanted = `${imessagePlugin.name}@${imessagePlugin.version}`;
  await runCommand(process.execPath, [entry, 'plugins', 'install', wanted], {
    cwd: state,
    env: {
      ...withOurNodeFirst(withoutOpenClawSettings(process.env)),
      ...compileCacheSettings(compileCache),
      HOME: state,
      USERPROFILE: state,
      TMPDIR: scratch,
      // The user's registry and proxy settings still count although HOME is another one.
      NPM_CONFIG_USERCONFIG: process.env['NPM_CONFIG_USERCONFIG'] ?? join(homedir(), '.npmrc'),
      NPM_CONFIG_CACHE: join(scratch, 'npm'),
      OPENCLAW_STATE_DIR: state,
      OPENCLAW_CONFIG_PATH: config,
      OPENCLAW_NO_RESPAWN: '1',
    },
    onLine: (line) => {
      progress(`  openclaw: ${line}`);
    },
    deadlineMs: PLUGIN_DEADLINE_MS,
  });
  await rm(scratch, { recursive: true, force: true });
  return await installedPlugin(state);
}

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
});

/** @throws Error unless npm's record of it names the plugin we know, and nothing besides */
async function installedPlugin(state: string): Promise<string> {
  const projects = join(state, 'npm', 'projects');
  const [project, ...others] = await readdir(projects);
  if (project === undefined || others.length > 0)
    throw new Error(`${projects} should hold one installed plugin.`);
  const recorded = lockFile.parse(
    JSON.parse(await readFile(join(projects, project, 'package-lock.json'), 'utf8')),
  );
  const fault = differsFromPin(recorded.packages);
  if (fault !== null) throw new Error(fault);
  return join(projects, project, 'node_modules', imessagePlugin.name);
}

/** @returns what is wrong with what npm installed; null when it is the pinned plugin alone */
export function differsFromPin(packages: z.output<typeof lockFile>['packages']): string | null {
  const path = `node_modules/${imessagePlugin.name}`;
  const others = Object.entries(packages).filter(
    ([key, { inBundle }]) => key !== '' && key !== path && inBundle !== true,
  );
  if (others.length > 0) return `Unknown packages came along: ${others.map(([key]) => key).join(', ')}.`;
  const { version, integrity } = packages[path] ?? {};
  return version === imessagePlugin.version && integrity === imessagePlugin.integrity
    ? null
    : `${imessagePlugin.name} ${version ?? '?'} (${integrity ?? 'no hash'}) is not the one we know.`;
}
