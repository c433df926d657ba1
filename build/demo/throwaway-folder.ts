/** The folder of a throw-away gateway: its HOME, state, config and launchers. */
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withNodeFirst, withoutOpenClawSettings, type InstalledOpenClaw } from './openclaw-install.ts';

export interface PlaceOptions {
  readonly openclaw: InstalledOpenClaw;
  /** Default: a free one. */
  readonly port?: number;
  /** Laid over the default config, objects merged, arrays and values replaced. */
  readonly config?: ConfigOverrides;
}

export type ConfigOverrides = Readonly<Record<string, unknown>>;

/** Where a throw-away gateway lives and how it is reached. */
export interface Place {
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

/** Makes `root` and everything in it; nothing outside it is touched. */
export async function prepareFolder(root: string, options: PlaceOptions): Promise<Place> {
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
