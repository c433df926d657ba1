import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../contract/result.ts';
import { ConnectionWorld } from './connection.fixture.ts';
import { address } from './outside.double.ts';

const account = (item: string): string => `${address.id}/${item}`;

let world: ConnectionWorld;

beforeEach(() => {
  world = new ConnectionWorld();
});

describe('the machine around it', () => {
  it('sleeps with the computer and connects when it wakes', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.connection.suspend();
    expect(world.connection.view).toMatchObject({ state: 'waiting', reason: 'suspended' });
    expect([world.gateway.sessions[0]?.closed, world.timers.armed]).toEqual([true, 0]);
    world.connection.resume();
    await world.settled('ready');
  });

  it('closes a session that opens after it was no longer wanted, and keeps nothing of it', async () => {
    const gate = Promise.withResolvers<undefined>();
    world.gateway.gate = gate.promise.then(() => undefined);
    world.startWithConfiguredToken();
    await vi.waitFor(() => {
      expect(world.gateway.attempts.length).toBe(1);
    });
    world.connection.stop();
    gate.resolve(undefined);
    await vi.waitFor(() => {
      expect(world.gateway.sessions.map(({ closed }) => closed)).toEqual([true]);
    });
    expect(world.connection.view).toEqual({ state: 'stopped' });
    expect(world.store.items.has(account('device-token'))).toBe(false);
  });

  it('begins anew with another gateway, and not with the same one', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.connection.settingsChanged({ mode: 'local' });
    expect(world.connection.view.state).toBe('ready');
    world.connection.settingsChanged({ mode: 'remote', url: 'wss://gate.example', tlsFingerprint: null });
    expect(world.connection.view.state).toBe('connecting');
    expect(world.gateway.sessions[0]?.closed).toBe(true);
  });

  it('passes on events and gaps of the session in use only', async () => {
    world.startWithConfiguredToken();
    await world.settled('ready');
    const heard: unknown[] = [];
    world.connection.onEvent((event) => heard.push(event));
    world.connection.onGap(() => heard.push('gap'));
    const first = world.gateway.sessions[0]?.listener;
    first?.event({ name: 'device.pair.requested', payload: 1 });
    first?.gap();
    world.gateway.endSession(1006);
    first?.event({ name: 'late', payload: 2 });
    expect(heard).toEqual([{ name: 'device.pair.requested', payload: 1 }, 'gap']);
  });

  it('answers requests with CONNECTION_LOST unless connected', async () => {
    expect(await world.connection.request('health', {})).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_LOST' },
    });
    world.startWithConfiguredToken();
    await world.settled('ready');
    world.gateway.answer = (method) => ok(method);
    expect(await world.connection.request('health', {})).toEqual(ok('health'));
    world.connection.stop();
    expect(await world.connection.request('health', {})).toMatchObject({
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
    world.store.become(state);
    world.startWithConfiguredToken();
    expect(await world.settled('waiting')).toMatchObject({ reason });
    expect(world.gateway.attempts).toEqual([]);
    world.store.become('unlocked');
    await world.settled('ready');
    expect(world.store.items.has(account('identity'))).toBe(true);
  });

  it('is done without until the app quits when the owner says so', async () => {
    world.store.become('locked');
    world.startWithConfiguredToken();
    await world.settled('waiting');
    world.credentials.useSession();
    await world.settled('ready');
    world.connection.stop();
    world.connection.start();
    await world.settled('ready');
    expect(world.kinds()).toEqual(['shared-token', 'shared-token']);
    expect(world.store.items.size).toBe(0);
  });

  it('is done without where there is none', async () => {
    world.store.become('absent');
    world.startWithConfiguredToken();
    await world.settled('ready');
    expect(world.credentials.view).toEqual({ state: 'absent', sessionOnly: true });
  });
});
