/**
 * A real OpenClaw gateway in a folder of its own: own HOME, state, port and token, its iMessage channel on the scripted
 * imsg. Nothing of the user's own gateway is read or written, and stop() leaves no process and no file.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { withNodeFirst, withoutOpenClawSettings, type InstalledOpenClaw } from './openclaw-install.ts';
import { createScriptedMessages, type ScriptedMessages } from './scripted-messages.ts';
import { waitUntil } from './wait-until.ts';

const START_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 20_000;

export interface ThrowawayOptions {
  readonly openclaw: InstalledOpenClaw;
  /** Folder to live in, created and removed by us; default: a new one in the temp folder. */
  readonly root?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Laid over the default config, objects merged, arrays and values replaced. */
  readonly config?: ConfigOverrides;
  readonly onLog?: (line: string) => void;
}

export interface ConfigOverrides {
  readonly [key: string]: unknown;
}

export interface ThrowawayGateway {
  readonly url: string;
  readonly port: number;
  /** The shared token, new for every throw-away gateway. */
  readonly token: string;
  readonly root: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** Full environment for programs that should see this gateway as the machine's own, with `openclaw` on PATH. */
  readonly env: NodeJS.ProcessEnv;
  readonly imsg: ScriptedMessages;
  /** Of the gateway process; changes with restart(). */
  readonly pid: number;
  /** Ends the process only; port, state and token stay for start(). */
  halt(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

export async function startThrowawayGateway(options: ThrowawayOptions): Promise<ThrowawayGateway> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'portcullis-gateway-')));
  const place = await prepareFolder(root, options);
  const imsg = createScriptedMessages(place.imsgDir);
  let gateway: RunningGateway | null = null;

  async function start(): Promise<void> {
    if (gateway !== null) return;
    const watchesBefore = await imsg.watches();
    gateway = launch(options.openclaw, place, options.onLog);
    await waitUntilReady(gateway, place);
    if (!place.hasImessage) return;
    await waitUntil(
      'The start of the iMessage channel',
      async () => ((await imsg.watches()) > watchesBefore ? true : undefined),
      START_DEADLINE_MS,
    );
  }

  async function halt(): Promise<void> {
    const running = gateway;
    gateway = null;
    if (running !== null) await end(running);
  }

  async function stop(): Promise<void> {
    await halt();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  try {
    await start();
  } catch (error: unknown) {
    await stop();
    throw error;
  }
  return {
    url: place.url,
    port: place.port,
    token: place.token,
    root,
    stateDir: place.stateDir,
    configPath: place.configPath,
    env: place.env,
    imsg,
    get pid() {
      return gateway?.child.pid ?? 0;
    },
    halt,
    start,
    async restart() {
      await halt();
      await start();
    },
    stop,
  };
}

// ------------------------------------------------------------------ folder

interface Place {
  readonly url: string;
  readonly readyUrl: string;
  readonly port: number;
  readonly token: string;
  readonly root: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly imsgDir: string;
  readonly hasImessage: boolean;
  readonly env: NodeJS.ProcessEnv;
}

async function prepareFolder(root: string, options: ThrowawayOptions): Promise<Place> {
  const home = join(root, 'home');
  const stateDir = join(home, '.openclaw');
  const bin = join(root, 'bin');
  const imsgDir = join(root, 'imsg');
  const temp = join(root, 'tmp');
  for (const dir of [stateDir, join(stateDir, 'state'), bin, imsgDir, temp]) {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  }
  await copyPreparedState(options.openclaw.preparedState, stateDir);

  const port = options.port ?? (await freePort());
  const token = randomBytes(24).toString('hex');
  const configPath = join(stateDir, 'openclaw.json');
  const scriptedImsg = fileURLToPath(new URL('scripted-imsg.ts', import.meta.url));
  const env = {
    ...withNodeFirst(withoutOpenClawSettings(process.env), bin),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temp,
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_CONFIG_PATH: configPath,
    OPENCLAW_NO_RESPAWN: '1',
    SCRIPTED_IMSG_DIR: imsgDir,
  };
  const imsg = await writeLauncher(join(bin, 'imsg'), [options.openclaw.node, scriptedImsg]);
  await writeLauncher(join(bin, 'openclaw'), [options.openclaw.node, options.openclaw.entry]);
  const config = merge(
    {
      gateway: { mode: 'local', port, bind: 'loopback', auth: { mode: 'token', token } },
      logging: { file: join(root, 'openclaw.log') },
      update: { checkOnStart: false },
      plugins: { entries: { imessage: { enabled: true } } },
      channels: { imessage: { enabled: true, cliPath: imsg, dmPolicy: 'pairing' } },
    },
    options.config ?? {},
  );
  await writeFile(configPath, JSON.stringify(config, null, 2), { mode: 0o600 });
  const tls = isObject(config['gateway']) && isObject(config['gateway']['tls']);
  return {
    url: `${tls ? 'wss' : 'ws'}://127.0.0.1:${String(port)}`,
    readyUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${String(port)}/readyz`,
    port,
    token,
    root,
    stateDir,
    configPath,
    imsgDir,
    hasImessage: isObject(config['channels']) && isObject(config['channels']['imessage']),
    env,
  };
}

/** Only the small files: the plugin's code stays where it was installed. */
async function copyPreparedState(from: string, to: string): Promise<void> {
  await copyFile(join(from, 'config-journal-fingerprint.key'), join(to, 'config-journal-fingerprint.key'));
  for (const name of await readdir(join(from, 'state'))) {
    if (name.startsWith('openclaw.sqlite'))
      await copyFile(join(from, 'state', name), join(to, 'state', name));
  }
}

/** A tiny program that runs `command` with the arguments it gets. @returns its path */
async function writeLauncher(path: string, command: readonly string[]): Promise<string> {
  if (process.platform === 'win32') {
    await writeFile(`${path}.cmd`, `@echo off\r\n${command.map((part) => `"${part}"`).join(' ')} %*\r\n`);
    return `${path}.cmd`;
  }
  const quoted = command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  await writeFile(path, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}

function merge(base: ConfigOverrides, over: ConfigOverrides): ConfigOverrides {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is ConfigOverrides {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// ------------------------------------------------------------------ process

interface RunningGateway {
  readonly child: ChildProcess;
  /** Set when the process has ended. */
  readonly ended: { how: string | null };
  readonly lastLines: string[];
  readonly killAtExit: () => void;
}

function launch(
  openclaw: InstalledOpenClaw,
  place: Place,
  onLog: ((line: string) => void) | undefined,
): RunningGateway {
  // A process group of its own: helpers that outlive the gateway can be ended with it.
  const child = spawn(openclaw.node, [openclaw.entry, 'gateway', 'run'], {
    cwd: place.root,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const running: RunningGateway = {
    child,
    ended: { how: null },
    lastLines: [],
    killAtExit: () => {
      killGroup(child);
    },
  };
  child.once('error', (error) => (running.ended.how = error.message));
  child.once('exit', (code, signal) => (running.ended.how = signal ?? `exit code ${String(code)}`));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      running.lastLines.push(line);
      if (running.lastLines.length > 30) running.lastLines.shift();
      onLog?.(line);
      // eslint-disable-next-line n/no-sync -- ordered, and small enough for a throw-away log
      appendFileSync(join(place.root, 'console.log'), `${line}\n`);
    });
  }
  process.once('exit', running.killAtExit);
  return running;
}

async function waitUntilReady(gateway: RunningGateway, place: Place): Promise<void> {
  await waitUntil(
    'The start of the OpenClaw gateway',
    async () => {
      if (gateway.ended.how !== null) {
        const log = gateway.lastLines.join('\n  ');
        throw new Error(`The OpenClaw gateway ended while starting (${gateway.ended.how}).\n  ${log}`);
      }
      return (await isReady(place.readyUrl)) ? true : undefined;
    },
    START_DEADLINE_MS,
    100,
  );
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function end(gateway: RunningGateway): Promise<void> {
  gateway.child.kill('SIGTERM');
  await waitUntil(
    'The end of the OpenClaw gateway',
    () => (gateway.ended.how === null ? undefined : true),
    STOP_DEADLINE_MS,
  ).catch(() => undefined);
  killGroup(gateway.child);
  await waitUntil(
    'The end of the OpenClaw gateway and its helpers',
    () => (groupIsAlive(gateway.child) ? undefined : true),
    STOP_DEADLINE_MS,
  );
  process.off('exit', gateway.killAtExit);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody left
  }
}

function groupIsAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
