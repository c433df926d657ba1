import { expect, it, vi } from 'vitest';
import { ok } from '../../contract/result.ts';
import { ConnectionWorld } from './connection.fixture.ts';

it('that the gateway lets the key of an elevation in is no news, not even before it answers us', async () => {
  const world = new ConnectionWorld();
  world.startWithConfiguredToken();
  await world.settled('ready');
  const heard: unknown[] = [];
  world.connection.onEvent(({ payload }) => heard.push(payload));
  const hears = (name: string, payload: object): void =>
    world.gateway.sessions[0]?.listener.event({ name, payload });

  const gate = Promise.withResolvers<undefined>();
  world.gateway.gate = gate.promise.then(() => undefined);
  const elevated = world.connection.withElevation(['operator.admin'], () => Promise.resolve('done'));
  await vi.waitFor(() => {
    expect(world.gateway.attempts.length).toBe(2);
  });
  const own = { deviceId: world.gateway.attempts[1]?.identity.deviceId };
  const other = { deviceId: world.gateway.attempts[0]?.identity.deviceId };
  hears('device.pair.resolved', own);
  hears('device.pair.resolved', other);
  // Somebody has to learn of it when the gateway asks about the key instead.
  hears('device.pair.requested', own);
  hears('device.pair.resolved', { deviceId: 7 });
  expect(heard).toEqual([other, own, { deviceId: 7 }]);

  gate.resolve(undefined);
  expect(await elevated).toEqual(ok('done'));
});
