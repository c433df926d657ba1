import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import { ConnectionWorld } from './connection.fixture.ts';
import { localFailure } from './local-failure.ts';
import { address } from './outside.double.ts';
import { ownerScopes, restingScopes } from './scopes.ts';

const account = (item: string): string => `${address.id}/${item}`;
const label = { address: '127.0.0.1:18789', remote: false };

let world: ConnectionWorld;

beforeEach(() => {
  world = new ConnectionWorld();
});

describe('the first connect', () => {
  it('uses the token in the config, keeps a device token with resting scopes, and re-reads the lists', async () => {
    world.startWithConfiguredToken();
    expect(await world.settled('ready')).toEqual({
      state: 'ready',
      gateway: { ...label, version: '2026.9.6' },
      missing: ['chat-pairing', 'device-pairing', 'node-pairing'],
      since: world.timers.now,
      limited: false,
    });
    expect(world.gateway.attempts.map(({ scopes }) => scopes)).toEqual([restingScopes]);
    expect(JSON.parse(world.store.items.get(account('device-token')) ?? '')).toEqual({
      token: 'device-token-1',
      scopes: restingScopes,
    });
    expect(world.store.items.has(account('shared-token'))).toBe(false);
  });

  it('swaps the device token of a bootstrap token for one with resting scopes only', async () => {
    world.gateway.accepted.set('once', ownerScopes);
    world.finder.bootstrapToken = ok({ kind: 'bootstrap-token', token: 'once' });
    world.connection.start();
    await world.settled('ready');
    expect(world.gateway.attempts.map(({ credential, scopes }) => [credential.kind, scopes])).toEqual([
      ['bootstrap-token', ownerScopes],
      ['device-token', restingScopes],
      ['device-token', restingScopes],
    ]);
    expect(world.gateway.requests).toEqual([
      {
        method: 'device.token.rotate',
        params: {
          deviceId: world.gateway.attempts[0]?.identity.deviceId,
          role: 'operator',
          scopes: restingScopes,
        },
      },
    ]);
    expect(world.gateway.sessions.map(({ closed }) => closed)).toEqual([true, true, false]);
    expect(world.store.items.get(account('device-token'))).not.toContain('operator.admin');
  });

  it('is blocked for a token when there is no way in, and says nothing is wrong', async () => {
    world.connection.start();
    const view = {
      state: 'blocked',
      reason: 'token-needed',
      gateway: { ...label, version: null },
      detail: null,
    };
    expect(await world.settled('blocked')).toEqual(view);
    expect(world.timers.armed).toBe(0);
  });

  it('keeps a typed token, because a device token alone shows less', async () => {
    world.gateway.accepted.set('typed', ['operator.admin']);
    world.connection.start();
    await world.settled('blocked');
    expect(await world.connection.setToken('typed')).toEqual(ok(null));
    await world.settled('ready');
    expect([...world.store.items.keys()].sort()).toEqual(
      ['device-token', 'identity', 'shared-token'].map(account),
    );
    expect(world.connection.hello?.authMethod).toBe('shared-token');
  });

  it('says that a typed token was wrong, and does not keep it', async () => {
    world.connection.start();
    await world.settled('blocked');
    await world.connection.setToken('typo');
    await vi.waitFor(() => {
      expect(world.connection.view).toMatchObject({ state: 'blocked', reason: 'token-wrong' });
    });
    expect(world.store.items.has(account('shared-token'))).toBe(false);
  });
});

describe('coming back', () => {
  it('comes with the shared token again, under the same key', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.connection.stop();
    world.connection.start();
    await world.settled('ready');
    expect(world.kinds()).toEqual(['shared-token', 'shared-token']);
    expect(new Set(world.gateway.attempts.map(({ identity }) => identity.deviceId)).size).toBe(1);
  });

  it('falls back to the stored device token when the shared one has changed', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.connection.stop();
    world.finder.config = ok({ kind: 'shared-token', token: 'outdated' });
    world.connection.start();
    await world.settled('ready');
    expect(world.kinds()).toEqual(['shared-token', 'shared-token', 'device-token']);
  });

  it('forgets a device token the gateway no longer knows and takes the next way once', async () => {
    world.store.items.set(account('device-token'), JSON.stringify({ token: 'old', scopes: [] }));
    world.gateway.accepted.set('once', ownerScopes);
    world.finder.bootstrapToken = ok({ kind: 'bootstrap-token', token: 'once' });
    world.connection.start();
    await world.settled('ready');
    expect(world.kinds()).toEqual(['device-token', 'bootstrap-token', 'device-token', 'device-token']);
    expect(world.store.items.get(account('device-token'))).not.toContain('"old"');
  });

  it('waits a moment after a restart of the gateway and then connects again', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    const seen: string[] = [];
    world.connection.onLost(() => seen.push('lost'));
    world.gateway.endSession(1012);
    expect(world.connection.view).toEqual({
      state: 'waiting',
      reason: 'starting',
      gateway: { ...label, version: '2026.9.6' },
      retryAt: world.timers.now + 1_000,
      attempt: 1,
    });
    world.timers.advance(1_000);
    await world.settled('ready');
    expect(seen).toEqual(['lost']);
  });

  it('comes back once after its device was removed, and asks the owner the second time', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.gateway.endSession(4001);
    await vi.waitFor(() => {
      expect(world.store.items.has(account('device-token'))).toBe(false);
    });
    world.timers.advance(1_000);
    await world.settled('ready');
    world.gateway.endSession(4001);
    expect(world.connection.view).toMatchObject({ state: 'blocked', reason: 'pairing-needed' });
    expect(world.timers.armed).toBe(0);
  });

  it('is not ready when the lists could not be read', async () => {
    world.syncs.push(false);
    world.startWithConfiguredToken();
    expect(await world.settled('waiting')).toMatchObject({ reason: 'connection-lost', attempt: 1 });
    expect(world.gateway.sessions.map(({ closed }) => closed)).toEqual([true]);
    world.timers.advance(1_000);
    await world.settled('ready');
  });

  it('stops at a changed certificate and shows the new fingerprint', async () => {
    world.gateway.refusal = { ...localFailure('TLS', 'ab12'), detail: 'TLS_FINGERPRINT' };
    world.startWithConfiguredToken();
    expect(await world.settled('blocked')).toMatchObject({ reason: 'tls-changed', detail: 'ab12' });
    expect(world.timers.armed).toBe(0);
  });

  it('names its key while it waits to be paired', async () => {
    world.gateway.refusal = { ...localFailure('NOT_PAIRED', 'pairing required'), detail: 'PAIRING_REQUIRED' };
    world.startWithConfiguredToken();
    expect(await world.settled('blocked')).toMatchObject({
      reason: 'pairing-needed',
      detail: '0000000000000000',
    });
  });

  it('says which scopes are missing when every way gives too few', async () => {
    world.gateway.accepted.set('shared', ['operator.read']);
    world.finder.config = ok({ kind: 'shared-token', token: 'shared' });
    world.connection.start();
    expect(await world.settled('blocked')).toMatchObject({ reason: 'scopes-missing' });
  });

  it('does not ask the openclaw command again while nothing runs', async () => {
    world.finder.located = fail('not-running');
    world.connection.start();
    expect(await world.settled('waiting')).toMatchObject({ reason: 'not-running', gateway: null });
    expect([world.finder.bootstraps, world.gateway.attempts.length]).toEqual([0, 0]);
  });
});
