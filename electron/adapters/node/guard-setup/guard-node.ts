/**
 * Which Node runs the transport guard. Best the one the gateway runs on: it stays when this app goes, and OpenClaw needs
 * Node 24 as well. The app's own binary is no choice: Electron as Node is switched off in the packaged app.
 */
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { readLiveLock } from '../gateway/lock-file.ts';
import { searchPath } from '../gateway/openclaw-cli.ts';

const answerDeadlineMs = 5_000;
const oldestMajor = 24;
/** The launcher tries one after the other; more would only hide that the set-up is old. */
const mostKept = 3;

export interface MachineFacts {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

export interface GatewayProcessFacts {
  /** The program the gateway runs on; null when it is not running, or the system does not tell. */
  readonly program: string | null;
  /** Its PATH; null when the system does not tell. */
  readonly path: string | null;
}

export async function readGatewayProcess(
  stateDir: string,
  platform: NodeJS.Platform,
): Promise<GatewayProcessFacts> {
  const pid = (await readLiveLock(stateDir))?.pid;
  if (pid === undefined) return { program: null, path: null };
  if (platform === 'darwin')
    return { program: await firstLine('/bin/ps', ['-p', String(pid), '-o', 'comm=']), path: null };
  if (platform !== 'linux') return { program: null, path: null };
  const program = await readlink(`/proc/${String(pid)}/exe`).catch(() => null);
  const environment = await readFile(`/proc/${String(pid)}/environ`, 'utf8').catch(() => '');
  const path = environment.split('\0').find((entry) => entry.startsWith('PATH='));
  return { program, path: path?.slice('PATH='.length) ?? null };
}

/** @returns absolute paths of Node 24 or newer, best first; each was run and said so */
export async function findGuardNodes(gateway: GatewayProcessFacts, facts: MachineFacts): Promise<string[]> {
  const own = 'electron' in process.versions ? [] : [process.execPath];
  const onPath = searchPath(facts).map((folder) => join(folder, 'node'));
  const candidates = [...(gateway.program === null ? [] : [gateway.program]), ...onPath, ...own];
  const found: string[] = [];
  for (const candidate of new Set(candidates)) {
    if (found.length === mostKept) break;
    if (isAbsolute(candidate) && (await isNewEnough(candidate))) found.push(candidate);
  }
  return found;
}

async function isNewEnough(program: string): Promise<boolean> {
  const version = /^v(\d+)\.\d+\.\d+/u.exec((await firstLine(program, ['--version'])) ?? '');
  return version !== null && Number(version[1]) >= oldestMajor;
}

async function firstLine(program: string, args: readonly string[]): Promise<string | null> {
  return await new Promise((resolve) => {
    const options = { timeout: answerDeadlineMs, killSignal: 'SIGKILL', windowsHide: true } as const;
    execFile(program, args, options, (error, stdout) => {
      const [line = ''] = stdout.split('\n');
      resolve(error === null && line.trim() !== '' ? line.trim() : null);
    });
  });
}
