/**
 * A real OpenClaw gateway in a folder of its own: own HOME, state, port and token, its iMessage channel on the scripted
 * imsg. Nothing of the user's own gateway is read or written, and stop() leaves no process and no file.
 */
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayProcess } from './gateway-process.ts';
import { compileCacheSettings, withOurNodeFirst, withoutOpenClawSettings } from './openclaw-env.ts';
import type { InstalledOpenClaw } from './openclaw-install.ts';
import { writeLauncher } from './launcher.ts';
import { createScriptedMessages, type ScriptedMessages } from './scripted-messages.ts';
import { forgetStateLocks } from './state-locks.ts';
import { makeThrowawayRoot } from './throwaway-root.ts';
import { waitUntil } from './wait-until.ts';

const CHANNEL_DEADLINE_MS = 120_000;

export interface ThrowawayOptions {
  readonly openclaw: InstalledOpenClaw;
  /** Folder to live in, created and removed by us; default: one of makeThrowawayRoot. */
  readonly root?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Laid over the default config: objects merged, arrays and values replaced, undefined removes. */
  readonly config?: ConfigOverrides;
  readonly onLog?: (line: string) => void;
}

export type ConfigOverrides = Readonly<Record<string, unknown>>;

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
  /** Of the gateway process; 0 while halted. */
  readonly pid: number;
  /** Ends the process only; port, state and token stay for start(). */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Connections end with 1012, as with every restart. */
  restart(): Promise<void>;
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

export async function startThrowawayGateway(options: ThrowawayOptions): Promise<ThrowawayGateway> {
  const root = options.root ?? (await makeThrowawayRoot());
  const place = await prepareFolder(root, options);
  const imsg = createScriptedMessages(place.imsgDir);
  let gateway: GatewayProcess | null = null;

  async function start(): Promise<void> {
    if (gateway !== null) return;
    const watches = await imsg.watches();
    gateway = new GatewayProcess(options.openclaw, place, options.onLog);
    await gateway.ready();
    if (!place.hasImessage) return;
    await waitUntil(
      'The start of the iMessage channel',
      async () => ((await imsg.watches()) > watches ? true : undefined),
      CHANNEL_DEADLINE_MS,
    );
  }

  async function halt(): Promise<void> {
    const running = gateway;
    gateway = null;
    await running?.end();
  }

  async function stop(): Promise<void> {
    await halt();
    await forgetStateLocks(root);
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
      return gateway?.pid ?? 0;
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

type LastingFact = 'url' | 'port' | 'token' | 'root' | 'stateDir' | 'configPath' | 'env';

interface Place extends Pick<ThrowawayGateway, LastingFact> {
  readonly imsgDir: string;
  readonly hasImessage: boolean;
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
  const scriptedImsg = fileURLToPath(new URL('scripted-imsg/imsg.mjs', import.meta.url));
  const env = {
    ...withOurNodeFirst(withoutOpenClawSettings(process.env), bin),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temp,
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_CONFIG_PATH: configPath,
    OPENCLAW_NO_RESPAWN: '1',
    SCRIPTED_IMSG_DIR: imsgDir,
  };
  const { node, entry, compileCache } = options.openclaw;
  const imsg = await writeLauncher(join(bin, 'imsg'), {
    command: [node, scriptedImsg],
    // A guard in front of it hands on nothing a caller could have set.
    defaults: { SCRIPTED_IMSG_DIR: imsgDir },
  });
  await writeLauncher(join(bin, 'openclaw'), {
    command: [node, entry],
    env: { ...compileCacheSettings(compileCache), TMPDIR: temp },
  });
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
