/**
 * What the adapters do with a real gateway: one for all suites, each of which finds and leaves it as it was started. First
 * the whole connection: core, adapters and wire; only the keychain is a double.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureOpenClaw } from '../../../../build/demo/openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { deviceAsksToPair, nodeConnects, strangerWrites } from '../../../../build/demo/visitors.ts';
import { ok } from '../../../contract/result.ts';
import type { GatewayChoice } from '../../../contract/settings.ts';
import type { ConnectionView } from '../../../contract/snapshot.ts';
import { Credentials } from '../../../core/credentials/credentials.ts';
import { Connection } from '../../../core/gateway/connection.ts';
import { SecretStoreDouble, silentLogger } from '../../../core/gateway/outside.double.ts';
import { restingScopes } from '../../../core/gateway/scopes.ts';
import type { GatewayEvent } from '../../../core/ports.ts';
import { allowedInConfig } from '../approved-contacts/people-on-gateway.fixture.ts';
import { peopleSuite } from '../approved-contacts/people.suite.ts';
import { guardSetupSuite } from '../guard-setup/guard-setup.suite.ts';
import { systemTimers } from '../system/timers.ts';
import { createLocalFinder } from './local-finder.ts';
import { createOfficialGateway } from './official-gateway.ts';
import { setupCodeSuite } from './setup-code.suite.ts';

/** A gateway that starts on a busy machine needs its time. */
const START_MS = 300_000;

let gateway: ThrowawayGateway;
let store: SecretStoreDouble;
const connections: Connection[] = [];

beforeAll(async () => {
  gateway = await startThrowawayGateway({
    openclaw: await ensureOpenClaw(),
    config: { channels: { imessage: { allowFrom: allowedInConfig } } },
  });
});

afterAll(async () => {
  await gateway.stop();
});

beforeEach(() => {
  store = new SecretStoreDouble();
});

afterEach(() => {
  for (const connection of connections.splice(0)) connection.dispose();
});

interface Setting {
  readonly env?: NodeJS.ProcessEnv;
  readonly choice?: GatewayChoice;
}

function connect({ env = gateway.env, choice = { mode: 'local' } }: Setting = {}): Connection {
  const connection = new Connection({
    gateway: createOfficialGateway({ logger: silentLogger, appVersion: '0.1.0' }),
    finder: createLocalFinder({ logger: silentLogger, env }),
    credentials: new Credentials(store, silentLogger),
    clock: { now: Date.now },
    timers: systemTimers,
    random: { fraction: Math.random, token: () => 'unused' },
    logger: silentLogger,
    displayName: `Portcullis ${String(connections.length)} of ${String(Date.now())}`,
    choice,
    sync: async (session) => (await session.request('device.pair.list', {})).ok,
  });
  connections.push(connection);
  connection.start();
  return connection;
}

async function reaches(connection: Connection, expected: Partial<ConnectionView>): Promise<void> {
  await vi.waitFor(() => {
    expect(connection.view).toMatchObject(expected);
  });
}

interface PairedDevice {
  readonly deviceId: string;
  readonly displayName: string;
  readonly tokens: readonly { readonly scopes: readonly string[] }[];
}

interface PairingList {
  readonly paired: readonly PairedDevice[];
  readonly pending: readonly { readonly requestId: string }[];
}

async function listed(connection: Connection, method: string): Promise<PairingList> {
  const answer = await connection.request(method, {});
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value as PairingList;
}

interface StrangersList {
  readonly requests: readonly [{ readonly requestId: string; readonly accountId: string }];
}

/** What the gateway knows of the key in our keychain. */
function ownDeviceId(): string {
  for (const [account, value] of store.items) {
    if (account.endsWith('/identity')) return (JSON.parse(value) as PairedDevice).deviceId;
  }
  throw new Error('No identity was stored.');
}

describe('a gateway on this machine', () => {
  it('opens with the token of its config, then with our own device token and nothing else', async () => {
    const first = connect();
    await reaches(first, { state: 'ready', missing: [] });
    expect(first.view).toMatchObject({
      gateway: { address: `127.0.0.1:${String(gateway.port)}`, remote: false, version: '2026.9.6' },
    });
    expect(first.hello?.scopes).toEqual([...restingScopes]);
    first.dispose();

    const withoutToken = {
      ...gateway.env,
      OPENCLAW_CONFIG_PATH: '/nowhere',
      OPENCLAW_GATEWAY_PORT: String(gateway.port),
    };
    const second = connect({ env: withoutToken });
    await reaches(second, { state: 'ready' });
    expect(second.hello?.scopes).toEqual([...restingScopes]);
  });

  it('opens without any token at hand, and what is stored afterwards is no more than we need', async () => {
    const withoutToken = { ...gateway.env, OPENCLAW_CONFIG_PATH: '/nowhere' };
    const connection = connect({
      // The `openclaw` command of the throw-away gateway reads the real config through its own environment.
      env: { ...withoutToken, PATH: await pathWithRealConfig() },
    });
    await reaches(connection, { state: 'ready' });
    const { paired } = await listed(connection, 'device.pair.list');
    const own = paired.find(({ deviceId }) => deviceId === ownDeviceId());
    expect(own?.tokens.map(({ scopes }) => scopes.toSorted())).toEqual([restingScopes.toSorted()]);
  });

  it('is blocked by a wrong token, and opens with the right one typed in', async () => {
    const choice = { mode: 'remote', url: gateway.url, tlsFingerprint: null } as const;
    const connection = connect({ choice });
    await reaches(connection, { state: 'blocked', reason: 'token-needed' });
    await connection.setToken('not the token');
    await reaches(connection, { state: 'blocked', reason: 'token-wrong' });
    await connection.setToken(gateway.token);
    await reaches(connection, { state: 'ready' });
  });

  it('comes back once after its device was removed from the list', async () => {
    const other = connect();
    await reaches(other, { state: 'ready' });
    store = new SecretStoreDouble();
    const connection = connect();
    await reaches(connection, { state: 'ready' });
    await other.request('device.pair.remove', { deviceId: ownDeviceId() });
    await reaches(connection, { state: 'waiting' });
    await reaches(connection, { state: 'ready' });
    await other.request('device.pair.remove', { deviceId: ownDeviceId() });
    await reaches(connection, { state: 'blocked', reason: 'pairing-needed' });
  });

  it('hears of a device that asks, and can let in what it may', async () => {
    const connection = connect();
    await reaches(connection, { state: 'ready' });
    const events: GatewayEvent[] = [];
    connection.onEvent((event) => events.push(event));
    const device = await deviceAsksToPair(gateway, { name: 'Phone', scopes: ['operator.read'] });
    await vi.waitFor(() => {
      expect(events.map(({ name }) => name)).toContain('device.pair.requested');
    });
    expect(await connection.request('device.pair.approve', { requestId: device.requestId })).toMatchObject({
      ok: true,
    });
    expect(await device.isLetIn()).toBe(true);
  });

  it('sees a stranger who wrote', async () => {
    const connection = connect();
    await reaches(connection, { state: 'ready' });
    await strangerWrites(gateway, '+15551230001', 'hello');
    const { requests } = await vi.waitFor(async () => {
      const answer = await connection.request('channels.pairing.list', {});
      expect(answer).toMatchObject({ ok: true, value: { requests: [{ senderId: '+15551230001' }] } });
      return (answer.ok ? answer.value : {}) as StrangersList;
    });
    const [{ requestId, accountId }] = requests;
    const dismissed = { channel: 'imessage', accountId, requestId };
    expect(await connection.request('channels.pairing.dismiss', dismissed)).toMatchObject({ ok: true });
  });
});

describe('elevation', () => {
  const admin = ['operator.admin'];
  /** @returns the gateway's own answer to the one request made with more rights */
  async function approveElevated(
    connection: Connection,
    method: string,
    requestId: string,
  ): Promise<unknown> {
    const answers: unknown[] = [];
    const outcome = await connection.withElevation(admin, async (session) => {
      answers.push(await session.request(method, { requestId }));
      return ok(null);
    });
    expect(outcome.ok).toBe(true);
    expect(answers).toHaveLength(1);
    return answers[0];
  }

  async function elevatedDevices(connection: Connection): Promise<readonly string[]> {
    const { paired } = await listed(connection, 'device.pair.list');
    return paired.map(({ displayName }) => displayName).filter((name) => name.endsWith('(one-time)'));
  }

  it('lets in a device that asks for admin, and leaves no elevated device behind', async () => {
    const connection = connect();
    await reaches(connection, { state: 'ready' });
    const device = await deviceAsksToPair(gateway, { name: 'Admin laptop', scopes: admin });
    const refused = await connection.request('device.pair.approve', { requestId: device.requestId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    const done = await approveElevated(connection, 'device.pair.approve', device.requestId);
    expect(done).toMatchObject({ ok: true });
    expect(await device.isLetIn()).toBe(true);
    expect(await elevatedDevices(connection)).toEqual([]);
    expect(connection.view.state).toBe('ready');
  });

  it('lets in a node that runs commands, and leaves nothing behind when the action fails', async () => {
    const connection = connect();
    await reaches(connection, { state: 'ready' });
    const node = await nodeConnects(gateway, {
      name: 'Workshop',
      commands: ['system.run', 'system.which'],
    });
    const { pending } = await listed(connection, 'node.pair.list');
    const requestId = pending[0]?.requestId ?? '';
    expect(await connection.request('node.pair.approve', { requestId })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', detail: 'MISSING_SCOPE' },
    });
    const done = await approveElevated(connection, 'node.pair.approve', requestId);
    expect(done).toMatchObject({ ok: true });
    const again = await approveElevated(connection, 'node.pair.approve', requestId);
    expect(again).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
    expect(await elevatedDevices(connection)).toEqual([]);
    await node.disconnect();
  });
});

describe('a gateway that goes away', () => {
  it(
    'is waited for while it restarts, and the lists are read again',
    async () => {
      const connection = connect();
      await reaches(connection, { state: 'ready' });
      const boot = connection.hello?.bootId;
      const lost = vi.fn();
      connection.onLost(lost);
      const states = new Set<string>();
      connection.onView((view) => states.add(view.state === 'waiting' ? view.reason : view.state));
      await gateway.restart();
      await reaches(connection, { state: 'ready' });
      expect(lost).toHaveBeenCalledOnce();
      expect(states).toContain('starting');
      expect(states).toContain('syncing');
      expect(connection.hello?.bootId).not.toBe(boot);
    },
    START_MS,
  );
});

peopleSuite(() => gateway);
guardSetupSuite(() => gateway);
// Last: it changes the gateway's config for good.
setupCodeSuite(() => gateway);

/** An `openclaw` that finds the real config although the app's environment hides it. */
async function pathWithRealConfig(): Promise<string> {
  const bin = join(gateway.root, 'bin-with-config');
  await mkdir(bin, { recursive: true });
  const real = join(gateway.root, 'bin', 'openclaw');
  await writeFile(
    join(bin, 'openclaw'),
    `#!/bin/sh\nOPENCLAW_CONFIG_PATH='${gateway.configPath}' exec '${real}' "$@"\n`,
  );
  await chmod(join(bin, 'openclaw'), 0o755);
  return [bin, gateway.env['PATH'] ?? ''].join(delimiter);
}
