import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import type { ConnectionView } from '../../contract/snapshot.ts';
import { Credentials } from '../credentials/credentials.ts';
import { Connection } from './connection.ts';
import { localFailure } from './local-failure.ts';
import {
  FinderDouble,
  GatewayDouble,
  SecretStoreDouble,
  TimersDouble,
  address,
  silentLogger,
} from './outside.double.ts';
import { ownerScopes, restingScopes } from './scopes.ts';

const account = (item: string): string => `gateway/${address.id}/${item}`;
const label = { address: '127.0.0.1:18789', remote: false };

let gateway: GatewayDouble;
let finder: FinderDouble;
let store: SecretStoreDouble;
let credentials: Credentials;
let timers: TimersDouble;
let syncs: boolean[];
let connection: Connection;

beforeEach(() => {
  gateway = new GatewayDouble();
  finder = new FinderDouble();
  store = new SecretStoreDouble();
  credentials = new Credentials(store, silentLogger);
  timers = new TimersDouble();
  syncs = [];
  connection = new Connection({
    gateway,
    finder,
    credentials,
    timers,
    clock: { now: () => timers.now },
    random: { fraction: () => 0.5, token: () => 'token' },
    logger: silentLogger,
    displayName: 'Portcullis',
    choice: { mode: 'local' },
    sync: () => Promise.resolve(syncs.shift() ?? true),
  });
});

/** Every step of the connection is a chain of promises, so the state settles without any time passing. */
async function settled(state: ConnectionView['state']): Promise<ConnectionView> {
  await vi.waitFor(() => {
    expect(connection.view.state).toBe(state);
  });
  return connection.view;
}

function startWithConfiguredToken(): void {
  gateway.accepted.set('shared', ['operator.admin']);
  finder.config = ok({ kind: 'shared-token', token: 'shared' });
  connection.start();
}

function kinds(): readonly string[] {
  return gateway.attempts.map(({ credential }) => credential.kind);
}

describe('the first connect', () => {
  it('uses the token in the config, keeps a device token with resting scopes, and re-reads the lists', async () => {
    startWithConfiguredToken();
    expect(await settled('ready')).toEqual({
      state: 'ready',
      gateway: { ...label, version: '2026.9.6' },
      missing: ['chat-pairing', 'device-pairing', 'node-pairing'],
    });
    expect(gateway.attempts.map(({ scopes }) => scopes)).toEqual([restingScopes]);
    expect(JSON.parse(store.items.get(account('device-token')) ?? '')).toEqual({
      token: 'device-token-1',
      scopes: restingScopes,
    });
    expect(store.items.has(account('shared-token'))).toBe(false);
  });

  it('swaps the device token of a bootstrap token for one with resting scopes only', async () => {
    gateway.accepted.set('once', ownerScopes);
    finder.bootstrapToken = ok({ kind: 'bootstrap-token', token: 'once' });
    connection.start();
    await settled('ready');
    expect(gateway.attempts.map(({ credential, scopes }) => [credential.kind, scopes])).toEqual([
      ['bootstrap-token', ownerScopes],
      ['device-token', restingScopes],
      ['device-token', restingScopes],
    ]);
    expect(gateway.requests).toEqual([
      {
        method: 'device.token.rotate',
        params: { deviceId: gateway.attempts[0]?.identity.deviceId, role: 'operator', scopes: restingScopes },
      },
    ]);
    expect(gateway.sessions.map(({ closed }) => closed)).toEqual([true, true, false]);
    expect(store.items.get(account('device-token'))).not.toContain('operator.admin');
  });

  it('is blocked for a token when there is no way in, and says nothing is wrong', async () => {
    connection.start();
    const view = {
      state: 'blocked',
      reason: 'token-needed',
      gateway: { ...label, version: null },
      detail: null,
    };
    expect(await settled('blocked')).toEqual(view);
    expect(timers.armed).toBe(0);
  });

  it('lets go of a typed token as soon as a device token works', async () => {
    gateway.accepted.set('typed', ['operator.admin']);
    connection.start();
    await settled('blocked');
    expect(await connection.setToken('typed')).toEqual(ok(null));
    await settled('ready');
    expect([...store.items.keys()].sort()).toEqual([account('device-token'), account('identity')]);
  });

  it('says that a typed token was wrong, and does not keep it', async () => {
    connection.start();
    await settled('blocked');
    await connection.setToken('typo');
    await vi.waitFor(() => {
      expect(connection.view).toMatchObject({ state: 'blocked', reason: 'token-wrong' });
    });
    expect(store.items.has(account('shared-token'))).toBe(false);
  });
});

describe('coming back', () => {
  it('uses the stored device token and the same key', async () => {
    startWithConfiguredToken();
    await settled('ready');
    connection.stop();
    connection.start();
    await settled('ready');
    expect(kinds()).toEqual(['shared-token', 'device-token']);
    expect(new Set(gateway.attempts.map(({ identity }) => identity.deviceId)).size).toBe(1);
  });

  it('forgets a device token the gateway no longer knows and takes the next way once', async () => {
    store.items.set(account('device-token'), JSON.stringify({ token: 'old', scopes: [] }));
    startWithConfiguredToken();
    await settled('ready');
    expect(kinds()).toEqual(['device-token', 'shared-token']);
    expect(store.items.get(account('device-token'))).toContain('device-token-1');
  });

  it('waits a moment after a restart of the gateway and then connects again', async () => {
    startWithConfiguredToken();
    await settled('ready');
    const seen: string[] = [];
    connection.onLost(() => seen.push('lost'));
    gateway.endSession(1012);
    expect(connection.view).toEqual({
      state: 'waiting',
      reason: 'starting',
      gateway: { ...label, version: '2026.9.6' },
      retryAt: timers.now + 1_000,
      attempt: 1,
    });
    timers.advance(1_000);
    await settled('ready');
    expect(seen).toEqual(['lost']);
  });

  it('comes back once after its device was removed, and asks the owner the second time', async () => {
    startWithConfiguredToken();
    await settled('ready');
    gateway.endSession(4001);
    await vi.waitFor(() => {
      expect(store.items.has(account('device-token'))).toBe(false);
    });
    timers.advance(1_000);
    await settled('ready');
    gateway.endSession(4001);
    expect(connection.view).toMatchObject({ state: 'blocked', reason: 'pairing-needed' });
    expect(timers.armed).toBe(0);
  });

  it('is not ready when the lists could not be read', async () => {
    syncs = [false];
    startWithConfiguredToken();
    expect(await settled('waiting')).toMatchObject({ reason: 'connection-lost', attempt: 1 });
    expect(gateway.sessions.map(({ closed }) => closed)).toEqual([true]);
    timers.advance(1_000);
    await settled('ready');
  });

  it('stops at a changed certificate and shows the new fingerprint', async () => {
    gateway.refusal = { ...localFailure('TLS', 'ab12'), detail: 'TLS_FINGERPRINT' };
    startWithConfiguredToken();
    expect(await settled('blocked')).toMatchObject({ reason: 'tls-changed', detail: 'ab12' });
    expect(timers.armed).toBe(0);
  });

  it('names its key while it waits to be paired', async () => {
    gateway.refusal = { ...localFailure('NOT_PAIRED', 'pairing required'), detail: 'PAIRING_REQUIRED' };
    startWithConfiguredToken();
    expect(await settled('blocked')).toMatchObject({ reason: 'pairing-needed', detail: '0000000000000000' });
  });

  it('says which scopes are missing when every way gives too few', async () => {
    gateway.accepted.set('shared', ['operator.read']);
    finder.config = ok({ kind: 'shared-token', token: 'shared' });
    connection.start();
    expect(await settled('blocked')).toMatchObject({ reason: 'scopes-missing' });
  });

  it('does not ask the openclaw command again while nothing runs', async () => {
    finder.located = fail('not-running');
    connection.start();
    expect(await settled('waiting')).toMatchObject({ reason: 'not-running', gateway: null });
    expect([finder.bootstraps, gateway.attempts.length]).toEqual([0, 0]);
  });
});

describe('the machine around it', () => {
  it('sleeps with the computer and connects when it wakes', async () => {
    startWithConfiguredToken();
    await settled('ready');
    connection.suspend();
    expect(connection.view).toMatchObject({ state: 'waiting', reason: 'suspended' });
    expect([gateway.sessions[0]?.closed, timers.armed]).toEqual([true, 0]);
    connection.resume();
    await settled('ready');
  });

  it('closes a session that opens after it was no longer wanted, and keeps nothing of it', async () => {
    const gate = Promise.withResolvers<undefined>();
    gateway.gate = gate.promise.then(() => undefined);
    startWithConfiguredToken();
    await vi.waitFor(() => {
      expect(gateway.attempts.length).toBe(1);
    });
    connection.stop();
    gate.resolve(undefined);
    await vi.waitFor(() => {
      expect(gateway.sessions.map(({ closed }) => closed)).toEqual([true]);
    });
    expect(connection.view).toEqual({ state: 'stopped' });
    expect(store.items.has(account('device-token'))).toBe(false);
  });

  it('begins anew with another gateway, and not with the same one', async () => {
    startWithConfiguredToken();
    await settled('ready');
    connection.settingsChanged({ mode: 'local' });
    expect(connection.view.state).toBe('ready');
    connection.settingsChanged({ mode: 'remote', url: 'wss://gate.example', tlsFingerprint: null });
    expect(connection.view.state).toBe('connecting');
    expect(gateway.sessions[0]?.closed).toBe(true);
  });

  it('passes on events and gaps of the session in use only', async () => {
    startWithConfiguredToken();
    await settled('ready');
    const heard: unknown[] = [];
    connection.onEvent((event) => heard.push(event));
    connection.onGap(() => heard.push('gap'));
    const first = gateway.sessions[0]?.listener;
    first?.event({ name: 'device.pair.requested', payload: 1 });
    first?.gap();
    gateway.endSession(1006);
    first?.event({ name: 'late', payload: 2 });
    expect(heard).toEqual([{ name: 'device.pair.requested', payload: 1 }, 'gap']);
  });

  it('answers requests with CONNECTION_LOST unless connected', async () => {
    expect(await connection.request('health', {})).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_LOST' },
    });
    startWithConfiguredToken();
    await settled('ready');
    gateway.answer = (method) => ok(method);
    expect(await connection.request('health', {})).toEqual(ok('health'));
    connection.stop();
    expect(await connection.request('health', {})).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_LOST' },
    });
  });
});

describe('the keychain', () => {
  it.each([
    ['locked', 'keychain-locked'],
    ['hung', 'keychain-hung'],
  ] as const)('is waited for while %s, and no second key is made', async (state, reason) => {
    store.become(state);
    startWithConfiguredToken();
    expect(await settled('waiting')).toMatchObject({ reason });
    expect(gateway.attempts).toEqual([]);
    store.become('unlocked');
    await settled('ready');
    expect(store.items.has(account('identity'))).toBe(true);
  });

  it('is done without until the app quits when the owner says so', async () => {
    store.become('locked');
    startWithConfiguredToken();
    await settled('waiting');
    credentials.useSession();
    await settled('ready');
    connection.stop();
    connection.start();
    await settled('ready');
    expect(kinds()).toEqual(['shared-token', 'device-token']);
    expect(store.items.size).toBe(0);
  });

  it('is done without where there is none', async () => {
    store.become('absent');
    startWithConfiguredToken();
    await settled('ready');
    expect(credentials.view).toEqual({ state: 'absent', sessionOnly: true });
  });
});
