import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { lost, refused, silentLogger } from '../gateway/outside.double.ts';
import { ManualClock, restScopes, sameClock } from '../requests/requests.fixture.ts';
import { DeviceCare } from './device-care.ts';
import { CallsDouble, nodeId, ownId, pairedDevice, pairedNode, phoneId } from './people.fixture.ts';

const laptopId = 'c'.repeat(64);
let calls: CallsDouble;
let ownDeviceOnly: boolean;
let paired: readonly unknown[];

beforeEach(() => {
  calls = new CallsDouble();
  ownDeviceOnly = false;
  paired = [
    pairedDevice(ownId),
    pairedDevice(phoneId),
    pairedDevice(laptopId, { tokens: [{ role: 'operator', scopes: ['operator.admin'] }] }),
    pairedNode(nodeId),
  ];
  calls.answer('device.pair.list', () => ok({ pending: [], paired }));
  for (const method of ['device.pair.remove', 'device.pair.rename', 'device.token.revoke', 'node.rename'])
    calls.answer(method, ok({}));
});

const care = new DeviceCare({
  gatewayClock: sameClock(new ManualClock()),
  logger: silentLogger,
  request: (method, params) => calls.request(method, params),
  elevate: (scopes, action) => calls.elevate(scopes, action),
  offers: (method) => calls.offers(method),
  held: () => ({ scopes: restScopes, ownDeviceOnly }),
  ownDeviceId: () => ownId,
  rotateOwnToken: () => Promise.resolve(ok(null)),
});

describe('listing', () => {
  it('says when the gateway has no such list', async () => {
    calls.answers.clear();
    expect(await care.list(false)).toEqual(ok({ list: [], limited: false, offered: false, unreadable: 0 }));
  });

  it('elevates only when asked to and when it shows more', async () => {
    await care.list(true);
    ownDeviceOnly = true;
    await care.list(false);
    expect(calls.elevations).toEqual([]);
    expect(await care.list(true)).toMatchObject({ value: { limited: false } });
    expect(calls.elevations).toEqual([['operator.admin']]);
  });

  it('never takes a list that failed or is none for an empty one', async () => {
    calls.answer('device.pair.list', { ok: false, error: lost(null) });
    expect(await care.list(false)).toMatchObject({ error: { code: 'connection-lost' } });
    calls.answer('device.pair.list', ok('nothing'));
    expect(await care.list(false)).toMatchObject({ error: { code: 'gateway-refused' } });
  });
});

describe('removing', () => {
  it('removes each device once', async () => {
    expect(await care.remove({ deviceIds: [phoneId, nodeId, phoneId], elevate: false })).toEqual(
      ok({ removed: [phoneId, nodeId], failed: [] }),
    );
    expect(calls.changes).toEqual([
      `resting device.pair.remove {"deviceId":"${phoneId}"}`,
      `resting device.pair.remove {"deviceId":"${nodeId}"}`,
    ]);
  });

  it('never removes ourselves, nor the others named beside us', async () => {
    expect(await care.remove({ deviceIds: [phoneId, ownId], elevate: true })).toMatchObject({
      error: { code: 'bad-input' },
    });
    expect(calls.calls).toEqual([]);
  });

  it('goes on after a refusal; what is not listed any more counts as removed', async () => {
    calls.answer('device.pair.remove', { ok: false, error: refused('x') });
    paired = [pairedDevice(phoneId)];
    expect(await care.remove({ deviceIds: [phoneId, nodeId], elevate: false })).toMatchObject({
      value: { removed: [nodeId], failed: [{ deviceId: phoneId, error: { code: 'gateway-refused' } }] },
    });
  });

  it('does not conclude that a device is gone from a list that could not be read', async () => {
    calls.answer('device.pair.remove', { ok: false, error: refused('x') });
    calls.answer('device.pair.list', { ok: false, error: lost(null) });
    expect(await care.remove({ deviceIds: [nodeId], elevate: false })).toMatchObject({
      value: { removed: [], failed: [{ deviceId: nodeId }] },
    });
  });

  it('takes administrator rights for what is hidden from us, and one confirmation for all', async () => {
    ownDeviceOnly = true;
    const input = { deviceIds: [phoneId, nodeId], elevate: false };
    expect(await care.remove(input)).toMatchObject({ error: { code: 'elevation-needed' } });
    expect(calls.calls).toEqual([]);
    expect(await care.remove({ ...input, elevate: true })).toMatchObject({
      value: { removed: [phoneId, nodeId] },
    });
    expect(calls.elevations).toEqual([['operator.admin']]);
  });
});

describe('revoking a token', () => {
  it.each([
    ['with ordinary rights, at once', phoneId, 'operator', false, 'resting'],
    ['with administrator rights, after confirming', laptopId, 'operator', true, 'elevated'],
    ['of a node, after confirming', nodeId, 'node', true, 'elevated'],
  ])('%s', async (_what, deviceId, role, elevate, over) => {
    expect(await care.revoke({ deviceId, role, elevate })).toEqual(ok(null));
    expect(calls.changes).toEqual([
      `${over} device.token.revoke {"deviceId":"${deviceId}","role":"${role}"}`,
    ]);
  });

  it.each([
    ['more rights, not confirmed', laptopId, 'operator', 'elevation-needed'],
    ['a role it has no token for', phoneId, 'node', 'request-gone'],
    ['a device that is gone', 'd'.repeat(64), 'operator', 'request-gone'],
    ['ourselves', ownId, 'operator', 'bad-input'],
  ])('refuses %s without a call', async (_what, deviceId, role, code) => {
    expect(await care.revoke({ deviceId, role, elevate: false })).toMatchObject({ error: { code } });
    expect(calls.changes).toEqual([]);
  });
});

describe('renaming', () => {
  it.each([
    ['a device', phoneId, 'device.pair.rename', `{"deviceId":"${phoneId}","label":"New"}`],
    ['a node', nodeId, 'node.rename', `{"nodeId":"${nodeId}","displayName":"New"}`],
    ['ourselves', ownId, 'device.pair.rename', `{"deviceId":"${ownId}","label":"New"}`],
  ])('names %s where it is looked up', async (_what, deviceId, method, params) => {
    expect(await care.rename({ deviceId, name: 'New', elevate: false })).toEqual(ok(null));
    expect(calls.changes).toEqual([`resting ${method} ${params}`]);
  });

  it('tells a refusal, a lost connection and a missing device apart', async () => {
    calls.answer('device.pair.rename', { ok: false, error: refused('x') });
    const input = { deviceId: phoneId, name: 'New', elevate: false };
    expect(await care.rename(input)).toMatchObject({ error: { code: 'gateway-refused' } });
    calls.answer('device.pair.rename', { ok: false, error: lost(null) });
    expect(await care.rename(input)).toMatchObject({ error: { code: 'connection-lost' } });
    paired = [];
    expect(await care.rename(input)).toMatchObject({ error: { code: 'request-gone' } });
  });
});

it('replaces our own token only where the gateway can', async () => {
  expect(await care.rotateOwn()).toMatchObject({ error: { code: 'unsupported' } });
  calls.answer('device.token.rotate', ok({}));
  expect(await care.rotateOwn()).toEqual(ok(null));
});
