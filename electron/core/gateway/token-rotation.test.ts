import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { ConnectionWorld } from './connection.fixture.ts';
import { address, refused } from './outside.double.ts';

let world: ConnectionWorld;

beforeEach(async () => {
  world = new ConnectionWorld();
  world.startWithConfiguredToken();
  await world.settled('ready');
});

afterEach(() => {
  world.connection.dispose();
});

async function keptToken(): Promise<string | null> {
  const stored = await world.credentials.deviceToken(address.id);
  return stored.ok ? (stored.value?.token ?? null) : null;
}

it('comes in with the old token, keeps the new one, and connects again', async () => {
  const before = await keptToken();
  const attempts = world.gateway.attempts.length;
  expect(await world.connection.rotateOwnToken()).toEqual(ok(null));
  expect(world.gateway.attempts[attempts]?.credential).toEqual({ kind: 'device-token', token: before });
  await world.settled('ready');
  expect(await keptToken()).not.toBe(before);
});

it('hangs up first: the gateway would, and that looks like being removed', async () => {
  const resting = world.gateway.sessions.at(-1);
  const rotation = world.connection.rotateOwnToken();
  expect(resting?.closed).toBe(true);
  expect(await rotation).toEqual(ok(null));
});

it('keeps what it has and connects again when the gateway refuses the old token', async () => {
  const before = await keptToken();
  if (before !== null) world.gateway.accepted.delete(before);
  world.gateway.accepted.delete('shared');
  world.gateway.refusal = refused('AUTH_DEVICE_TOKEN_MISMATCH');
  expect(await world.connection.rotateOwnToken()).toMatchObject({ error: { code: 'gateway-refused' } });
  expect(world.connection.view.state).toBe('connecting');
});

it.each([
  ['the keychain is locked', () => world.store.become('locked'), 'keychain-unavailable'],
  [
    'there is no token of our own',
    () => world.store.items.delete(`${address.id}/device-token`),
    'unsupported',
  ],
])('changes nothing when %s', async (_what, prepare, code) => {
  prepare();
  expect(await world.connection.rotateOwnToken()).toMatchObject({ error: { code } });
  expect(world.gateway.requests.map(({ method }) => method)).not.toContain('device.token.rotate');
});

it('does nothing unless connected, and does not come back after the app has ended', async () => {
  const rotation = world.connection.rotateOwnToken();
  world.connection.dispose();
  await rotation;
  expect(world.connection.view.state).toBe('stopped');
  expect(await world.connection.rotateOwnToken()).toMatchObject({ error: { code: 'not-connected' } });
});
