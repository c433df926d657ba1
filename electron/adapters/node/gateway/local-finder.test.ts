import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayFinder, Logger } from '../../../core/ports.ts';
import { createLocalFinder } from './local-finder.ts';

const logger: Logger = { log: () => undefined };
const local = { mode: 'local' } as const;

let home: string;
let stateDir: string;
let server: Server | null;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-finder-'));
  stateDir = join(home, '.openclaw');
  server = null;
  await mkdir(stateDir, { recursive: true });
});

afterEach(async () => {
  server?.close();
  await rm(home, { recursive: true, force: true });
});

function finder(env: NodeJS.ProcessEnv = {}): GatewayFinder {
  return createLocalFinder({ logger, home, env: { HOME: home, PATH: '', ...env } });
}

async function config(gateway: object): Promise<void> {
  await writeFile(join(stateDir, 'openclaw.json'), JSON.stringify({ gateway }));
}

async function lock(facts: object): Promise<void> {
  const dir = join(stateDir, 'tmp', 'openclaw-1000');
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'gateway.state.lock'), `${JSON.stringify(facts)}     \n`);
}

function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

function localAddress(port: number): object {
  const id = idOf(`state:${stateDir}`);
  return { url: `ws://127.0.0.1:${String(port)}`, tlsFingerprint: null, remote: false, id };
}

describe('locate', () => {
  it('finds nothing where OpenClaw never was', async () => {
    expect(await finder().locate(local)).toEqual({ ok: false, error: 'not-found' });
  });

  it('takes the default port of a config that names none', async () => {
    await config({});
    expect(await finder().locate(local)).toEqual({ ok: true, value: localAddress(18_789) });
  });

  it.each([
    ['the config', {}, null, 20_001],
    ['the environment over the config', { OPENCLAW_GATEWAY_PORT: '20002' }, null, 20_002],
    ['the running gateway over both', { OPENCLAW_GATEWAY_PORT: '20002' }, process.pid, 20_003],
    ['not a gateway that has ended', {}, 4_194_305, 20_001],
    ['no nonsense from the environment', { OPENCLAW_GATEWAY_PORT: 'x' }, null, 20_001],
  ])('takes the port of %s', async (_what, env, pid, port) => {
    await config({ port: 20_001 });
    if (pid !== null) await lock({ pid, port: 20_003 });
    expect(await finder(env).locate(local)).toEqual({ ok: true, value: localAddress(port) });
  });

  it('finds a running gateway without a config', async () => {
    await lock({ pid: process.pid, port: 20_003 });
    expect(await finder().locate(local)).toEqual({ ok: true, value: localAddress(20_003) });
  });

  it.each(['{"pid":1}', 'torn', '[]'])('ignores a damaged lock (%j)', async (damaged) => {
    await config({ port: 20_001 });
    await mkdir(join(stateDir, 'tmp', 'openclaw-0'), { recursive: true });
    await writeFile(join(stateDir, 'tmp', 'openclaw-0', 'gateway.state.lock'), damaged);
    expect(await finder().locate(local)).toEqual({ ok: true, value: localAddress(20_001) });
  });

  it('says that a damaged config is unreadable', async () => {
    await writeFile(join(stateDir, 'openclaw.json'), '{ gateway: ');
    expect(await finder().locate(local)).toEqual({ ok: false, error: 'unreadable' });
  });

  it('follows a config that points to a remote gateway', async () => {
    const tlsFingerprint = 'AB:'.repeat(31) + 'AB';
    await config({ mode: 'remote', remote: { url: 'wss://gate.example:4443', token: 'r', tlsFingerprint } });
    const found = await finder().locate(local);
    const value = {
      url: 'wss://gate.example:4443',
      tlsFingerprint: 'ab'.repeat(32),
      remote: true,
      id: idOf('url:wss://gate.example:4443'),
    };
    expect(found).toEqual({ ok: true, value });
    expect(await finder().configured({ ...value })).toEqual({
      ok: true,
      value: { kind: 'shared-token', token: 'r' },
    });
  });

  it.each(['ws://gate.example', 'http://x', 'wss://user:secret@gate.example', ''])(
    'does not follow it to %j',
    async (url) => {
      await config({ mode: 'remote', remote: { url } });
      expect(await finder().locate(local)).toEqual({ ok: false, error: 'unreadable' });
    },
  );

  it('takes the remote gateway of the settings as it is', async () => {
    const choice = { mode: 'remote', url: 'wss://gate.example', tlsFingerprint: 'ab'.repeat(32) } as const;
    expect(await finder().locate(choice)).toEqual({
      ok: true,
      value: {
        url: choice.url,
        tlsFingerprint: choice.tlsFingerprint,
        remote: true,
        id: idOf(`url:${choice.url}`),
      },
    });
  });
});

describe('configured', () => {
  const rows: readonly [what: string, gateway: object, env: NodeJS.ProcessEnv, expected: object | null][] = [
    [
      'the token of the config',
      { auth: { token: 'c' } },
      { OPENCLAW_GATEWAY_TOKEN: 'e' },
      { kind: 'shared-token', token: 'c' },
    ],
    [
      'the token of the environment',
      {},
      { OPENCLAW_GATEWAY_TOKEN: 'e' },
      { kind: 'shared-token', token: 'e' },
    ],
    [
      'the token for remotes as the last',
      { remote: { token: 'r' } },
      {},
      { kind: 'shared-token', token: 'r' },
    ],
    [
      'the password',
      { auth: { mode: 'password', password: 'p', token: 'c' } },
      {},
      { kind: 'password', password: 'p' },
    ],
    [
      'the password of the environment',
      { auth: { mode: 'password' } },
      { OPENCLAW_GATEWAY_PASSWORD: 'p' },
      { kind: 'password', password: 'p' },
    ],
    ['nothing for an open gateway', { auth: { mode: 'none' } }, {}, { kind: 'none' }],
    ['no SecretRef', { auth: { token: { source: 'exec' } } }, {}, null],
    ['no credential where there is none', {}, {}, null],
  ];
  it.each(rows)('gives %s', async (_what, gateway, env, expected) => {
    await config(gateway);
    const here = finder(env);
    const located = await here.locate(local);
    if (!located.ok) throw new Error(located.error);
    const outcome = expected === null ? { ok: false, error: 'no-credential' } : { ok: true, value: expected };
    expect(await here.configured(located.value)).toEqual(outcome);
  });

  it('gives nothing of this machine to another gateway', async () => {
    await config({ auth: { token: 'c' } });
    const elsewhere = {
      url: 'wss://gate.example',
      tlsFingerprint: null,
      remote: true,
      id: 'ffffffffffffffff',
    };
    expect(await finder().configured(elsewhere)).toEqual({ ok: false, error: 'no-credential' });
    expect(await finder().bootstrap(elsewhere)).toEqual({ ok: false, error: 'no-credential' });
  });
});

describe('bootstrap', () => {
  /** Stands for the gateway's health answer and, as a script on PATH, for the `openclaw` command. */
  async function machine(status: number, script: string): Promise<{ here: GatewayFinder; port: number }> {
    const health = createServer((_request, response) => response.writeHead(status).end());
    server = health;
    health.listen(0, '127.0.0.1');
    await once(health, 'listening');
    const address = health.address();
    if (address === null || typeof address === 'string') throw new Error('No port.');
    const bin = join(home, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'openclaw'), `#!/bin/sh\n${script.replaceAll('PORT', String(address.port))}\n`);
    await chmod(join(bin, 'openclaw'), 0o755);
    await config({ port: address.port });
    return { here: finder({ PATH: [bin, '/usr/bin', '/bin'].join(delimiter) }), port: address.port };
  }

  async function ask(status: number, script: string): Promise<unknown> {
    const { here } = await machine(status, script);
    const located = await here.locate(local);
    if (!located.ok) throw new Error(located.error);
    return await here.bootstrap(located.value);
  }

  const answer = (port: string): string =>
    `echo 'warning: noise'; echo '{"ok":true,"port":${port},"browserUrl":"http://127.0.0.1:1/#bootstrapToken=once&gatewayUrl=x"}'`;

  it('takes the one-time token out of the answer', async () => {
    expect(await ask(200, answer('PORT'))).toEqual({
      ok: true,
      value: { kind: 'bootstrap-token', token: 'once' },
    });
  });

  it.each([
    ['an answer about another gateway', answer('1'), 'no-credential'],
    ['an answer without a token', `echo '{"ok":true,"port":PORT,"browserUrl":"http://x/"}'`, 'no-credential'],
    ['a gateway that the command does not reach', `echo '{"ok":false,"reason":"x"}'; exit 1`, 'not-running'],
    ['nonsense', 'echo hello', 'no-credential'],
    ['a command that fails', 'exit 3', 'no-credential'],
  ])('gives nothing for %s', async (_what, script, error) => {
    expect(await ask(200, script)).toEqual({ ok: false, error });
  });

  it('does not start the command for a gateway that is not ready', async () => {
    expect(await ask(503, `touch ${join(home, 'started')}; ${answer('PORT')}`)).toEqual({
      ok: false,
      error: 'starting',
    });
    expect(await rm(join(home, 'started')).catch(() => 'never started')).toBe('never started');
  });

  it('does not start the command when nobody listens', async () => {
    await config({ port: 1 });
    const located = await finder().locate(local);
    if (!located.ok) throw new Error(located.error);
    expect(await finder().bootstrap(located.value)).toEqual({ ok: false, error: 'not-running' });
  });
});
