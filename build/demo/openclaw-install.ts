/**
 * Puts a real OpenClaw gateway and its iMessage plugin into a cache folder, once. Every throw-away gateway shares the
 * installed code and starts from a copy of the small prepared state (one SQLite file that says the plugin is trusted).
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { findNpmCli } from '../setup/npm-cli.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { withFoldersFirst } from '../setup/search-path.mjs';
import { defaultCacheDir } from './cache-dir.ts';

export const openClawVersion = '2026.9.6';

const INSTALL_DEADLINE_MS = 15 * 60_000;
const PLUGIN_DEADLINE_MS = 5 * 60_000;

export interface InstalledOpenClaw {
  /** `openclaw.mjs` */
  readonly entry: string;
  /** The Node (24 or newer) that runs it. */
  readonly node: string;
  /** State folder in which the iMessage plugin is installed; copied, never run from. */
  readonly preparedState: string;
  /** Compiled code of earlier starts, for {@link withCompileCache}. */
  readonly compileCache: string;
}

export interface InstallOptions {
  readonly cacheDir?: string;
  readonly onProgress?: (line: string) => void;
}

/** Idempotent and safe to run twice at once: both work in folders of their own and the first to finish wins. */
export async function ensureOpenClaw(options: InstallOptions = {}): Promise<InstalledOpenClaw> {
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const progress = options.onProgress ?? (() => undefined);
  requireNode24();
  const home = join(cacheDir, `openclaw-${openClawVersion}`);
  const entry = join(home, 'node_modules', 'openclaw', 'openclaw.mjs');
  if (!existsSync(entry)) {
    progress(`Installing OpenClaw ${openClawVersion} into ${home} (about 650 MB, one to two minutes, once).`);
    await explained('OpenClaw could not be installed.', installOpenClaw(home, progress));
  }
  const preparedState =
    (await readPreparedState(home)) ??
    (await explained(
      "OpenClaw's iMessage plugin could not be installed.",
      prepareState(home, entry, progress),
    ));
  return { entry, node: process.execPath, preparedState, compileCache: join(home, 'compile-cache') };
}

function requireNode24(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24) {
    throw new Error(
      `OpenClaw needs Node 24 or newer; this is ${process.version}. Run it through npm start or npm test.`,
    );
  }
}

async function installOpenClaw(home: string, progress: (line: string) => void): Promise<void> {
  const staging = `${home}.installing-${randomName()}`;
  await mkdir(staging, { recursive: true });
  try {
    const manifest = { private: true, dependencies: { openclaw: openClawVersion } };
    await writeFile(join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const started = Date.now();
    const ticker = setInterval(() => {
      progress(`  still installing OpenClaw (${seconds(started)} s) …`);
    }, 10_000);
    try {
      const npm = findNpmCli();
      if (npm === null) throw new Error('npm was not found on PATH. Install Node.js with npm first.');
      const flags = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
      await runCommand(process.execPath, [npm, 'install', ...flags], {
        cwd: staging,
        env: withOurNodeFirst(process.env),
        onLine: (line) => {
          progress(`  npm: ${line}`);
        },
        deadlineMs: INSTALL_DEADLINE_MS,
      });
    } finally {
      clearInterval(ticker);
    }
    await moveIntoPlace(staging, home);
    progress(`OpenClaw ${openClawVersion} installed in ${seconds(started)} s.`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The plugin's path is written into the state, so it is built where it stays; a pointer file names the finished one. */
async function prepareState(home: string, entry: string, progress: (line: string) => void): Promise<string> {
  const started = Date.now();
  progress("Installing OpenClaw's iMessage plugin (about 20 seconds, once).");
  const name = `state-${randomName()}`;
  const state = join(home, name);
  await mkdir(state, { recursive: true, mode: 0o700 });
  try {
    const config = join(state, 'openclaw.json');
    await writeFile(config, JSON.stringify({ gateway: { mode: 'local' }, update: { checkOnStart: false } }));
    await runCommand(
      process.execPath,
      [entry, 'plugins', 'install', `@openclaw/imessage@${openClawVersion}`],
      {
        cwd: state,
        env: {
          ...withOurNodeFirst(withoutOpenClawSettings(process.env)),
          HOME: state,
          USERPROFILE: state,
          // The user's registry and proxy settings still count although HOME is another one.
          NPM_CONFIG_USERCONFIG: process.env['NPM_CONFIG_USERCONFIG'] ?? join(homedir(), '.npmrc'),
          OPENCLAW_STATE_DIR: state,
          OPENCLAW_CONFIG_PATH: config,
          OPENCLAW_NO_RESPAWN: '1',
        },
        onLine: (line) => {
          progress(`  openclaw: ${line}`);
        },
        deadlineMs: PLUGIN_DEADLINE_MS,
      },
    );
    const pointer = join(home, `${name}.json`);
    await writeFile(pointer, JSON.stringify({ state: name }));
    await rename(pointer, pointerFile(home));
    progress(`iMessage plugin installed in ${seconds(started)} s.`);
    return state;
  } catch (error: unknown) {
    await rm(state, { recursive: true, force: true });
    throw error;
  }
}

async function readPreparedState(home: string): Promise<string | null> {
  try {
    const pointer: unknown = JSON.parse(await readFile(pointerFile(home), 'utf8'));
    if (typeof pointer !== 'object' || pointer === null || !('state' in pointer)) return null;
    if (typeof pointer.state !== 'string' || basename(pointer.state) !== pointer.state) return null;
    const state = join(home, pointer.state);
    return existsSync(join(state, 'state', 'openclaw.sqlite')) ? state : null;
  } catch {
    return null; // absent or damaged: prepared anew
  }
}

function pointerFile(home: string): string {
  return join(home, 'prepared-state.json');
}

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
 * a quarter of the work of a start (measured). The second name tells OpenClaw not to start itself again for its own.
 */
export function withCompileCache(
  env: NodeJS.ProcessEnv,
  { compileCache }: InstalledOpenClaw,
): NodeJS.ProcessEnv {
  return { ...env, NODE_COMPILE_CACHE: compileCache, OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1' };
}

async function moveIntoPlace(staging: string, target: string): Promise<void> {
  try {
    await rename(staging, target);
  } catch (error: unknown) {
    const entries = await readdir(target).catch((): string[] => []);
    if (!entries.includes('node_modules')) throw error; // else: another run was faster, its copy is as good
  }
}

async function explained<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error: unknown) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${what}\n${cause}\nCheck the network connection, the npm registry and 1 GB of free disk space, then run it again.`,
      { cause: error },
    );
  }
}

function randomName(): string {
  return randomBytes(6).toString('hex');
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
