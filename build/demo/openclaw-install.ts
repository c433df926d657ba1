/**
 * Puts a real OpenClaw gateway and its iMessage plugin into a cache folder, once. Every throw-away gateway shares the
 * installed code and starts from a copy of the small prepared state (one SQLite file that says the plugin is trusted).
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNpmCli } from '../setup/npm-cli.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { defaultCacheDir } from './cache-dir.ts';
import { boundCompileCache } from './compile-cache.ts';
import { withOurNodeFirst } from './openclaw-env.ts';
import { findPreparedState, prepareState, type StateKind } from './prepared-state.ts';
import { removeStaleInstalls } from './stale-installs.ts';

/** What openclaw/package.json asks for. */
export const openClawVersion = '2026.9.6';

const INSTALL_DEADLINE_MS = 15 * 60_000;
/** OpenClaw and every package it needs, pinned by hash. */
const pinned = ['package.json', 'package-lock.json'].map((name) => ({
  name,
  path: fileURLToPath(new URL(`openclaw/${name}`, import.meta.url)),
}));

export interface InstalledOpenClaw {
  /** `openclaw.mjs` */
  readonly entry: string;
  /** The Node (24 or newer) that runs it. */
  readonly node: string;
  /** State folder in which the iMessage plugin is installed; copied, never run from. */
  readonly preparedState: string;
  /** Compiled code of earlier starts. */
  readonly compileCache: string;
}

export interface InstallOptions {
  readonly cacheDir?: string;
  /** Default: slim, but unmodified in the full test tier. */
  readonly state?: StateKind;
  readonly onProgress?: (line: string) => void;
}

/** Idempotent and safe to run twice at once: both work in folders of their own and the first to finish wins. */
export async function ensureOpenClaw(options: InstallOptions = {}): Promise<InstalledOpenClaw> {
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const kind = options.state ?? (process.env['PORTCULLIS_TIER'] === 'full' ? 'unmodified' : 'slim');
  const progress = options.onProgress ?? (() => undefined);
  requireNode24();
  const home = join(cacheDir, `openclaw-${openClawVersion}-${await pinnedHash()}`);
  const entry = join(home, 'node_modules', 'openclaw', 'openclaw.mjs');
  const compileCache = join(home, 'compile-cache');
  if (!existsSync(entry)) {
    progress(`Installing OpenClaw ${openClawVersion} into ${home} (about 650 MB, one to two minutes, once).`);
    await explained('OpenClaw could not be installed.', installOpenClaw(home, progress));
  }
  const preparedState =
    (await findPreparedState(home, kind)) ??
    (await explained(
      "OpenClaw's iMessage plugin could not be installed.",
      prepareState({ home, entry, compileCache }, kind, progress),
    ));
  await boundCompileCache(compileCache);
  await removeStaleInstalls({ cacheDir, home, state: preparedState });
  return { entry, node: process.execPath, preparedState, compileCache };
}

function requireNode24(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24) {
    throw new Error(
      `OpenClaw needs Node 24 or newer; this is ${process.version}. Run it through npm start or npm test.`,
    );
  }
}

/** A changed lock file is another installation. */
async function pinnedHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const { path } of pinned) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 12);
}

async function installOpenClaw(home: string, progress: (line: string) => void): Promise<void> {
  const staging = `${home}.installing-${randomBytes(6).toString('hex')}`;
  await mkdir(staging, { recursive: true });
  try {
    for (const { name, path } of pinned) await copyFile(path, join(staging, name));
    const started = Date.now();
    const ticker = setInterval(() => {
      progress(`  still installing OpenClaw (${seconds(started)} s) …`);
    }, 10_000);
    try {
      const npm = findNpmCli();
      if (npm === null) throw new Error('npm was not found on PATH. Install Node.js with npm first.');
      // Nothing of what is downloaded runs before it is asked to: OpenClaw works without these scripts.
      const flags = [
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
        '--loglevel=error',
      ];
      await runCommand(process.execPath, [npm, 'ci', ...flags], {
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

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
