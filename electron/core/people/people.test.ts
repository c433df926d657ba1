import { beforeEach, expect, it } from 'vitest';
import { appError, fail, ok } from '../../contract/result.ts';
import { silentLogger } from '../gateway/outside.double.ts';
import { ManualClock, restScopes, sameClock } from '../requests/requests.fixture.ts';
import { ContactCare } from './contact-care.ts';
import { DeviceCare } from './device-care.ts';
import {
  approvedBy,
  CallsDouble,
  ownId,
  pairedDevice,
  phoneId,
  RulesDouble,
  settingsOf,
} from './people.fixture.ts';
import { People } from './people.ts';

let calls: CallsDouble;
let rules: RulesDouble;
let people: People;
let changes: number;
let rulesTold: number;

beforeEach(() => {
  calls = new CallsDouble();
  rules = new RulesDouble();
  [changes, rulesTold] = [0, 0];
  calls.answer('device.pair.list', ok({ paired: [pairedDevice(ownId), pairedDevice(phoneId)] }));
  calls.answer('device.pair.remove', ok({}));
  calls.answer('config.get', settingsOf({ imessage: { allowFrom: ['a@b.co'] } }));
  const parts = { logger: silentLogger, request: calls.request, offers: calls.offers };
  people = new People({
    rules,
    devices: new DeviceCare({
      ...parts,
      gatewayClock: sameClock(new ManualClock()),
      elevate: calls.elevate,
      held: () => ({ scopes: restScopes, ownDeviceOnly: false }),
      ownDeviceId: () => ownId,
      rotateOwnToken: () => Promise.resolve(fail(appError('keychain-unavailable', 'Locked.'))),
    }),
    contacts: new ContactCare({
      ...parts,
      approved: approvedBy(calls, () => null),
      rules,
      deny: () => Promise.resolve(ok(null)),
      chatSender: () => null,
      onBlocked: () => Promise.resolve(),
    }),
    onRules: () => {
      rulesTold += 1;
      return Promise.resolve();
    },
    onChange: () => {
      changes += 1;
    },
  });
});

it('looks at all lists at once, and looking changes nothing', async () => {
  rules.block({ channel: 'imessage', to: '+15551230001' });
  expect(await people.handlers['people.list']({ elevate: false })).toMatchObject({
    value: {
      contacts: { list: [{ entry: 'a@b.co' }], pairingFrom: 'nowhere' },
      devices: { list: [{ deviceId: ownId, own: true }, { deviceId: phoneId }] },
      blocked: { state: 'ready', people: [{ to: '+15551230001' }] },
    },
  });
  expect(people.seq).toBe(0);
});

it('fails as a whole when the devices cannot be listed: half a page would look like a whole one', async () => {
  calls.answer('device.pair.list', ok(null));
  expect(await people.handlers['people.list']({ elevate: false })).toMatchObject({ ok: false });
});

it('says that the lists may be other ones after everything the owner did, also what failed', async () => {
  await people.handlers['people.removeDevices']({ deviceIds: [phoneId], elevate: false });
  expect([people.seq, changes]).toEqual([1, 1]);
  expect(await people.handlers['people.rotateOwnToken'](undefined)).toMatchObject({ ok: false });
  expect([people.seq, changes]).toEqual([2, 2]);
});

it.each([
  ['device.pair.resolved', 1],
  ['device.pair.changed', 1],
  ['node.pair.resolved', 1],
  ['config.changed', 1],
  ['tick', 0],
  ['presence', 0],
])('after the event %s the lists are read again: %i', (name, expected) => {
  people.event({ name, payload: {} });
  expect(people.seq).toBe(expected);
});

it('follows the guard: another plugin or other rules mean other lists, the same ones do not', () => {
  const plugin = { state: 'present', version: '1.0.0', match: 'same', holdSeconds: 60 } as const;
  people.follow({ plugin: { state: 'unknown' }, policy: { status: 'unknown' } });
  expect([people.seq, rulesTold]).toEqual([0, 0]);
  people.follow({ plugin, policy: { status: 'ready', revision: 1 } });
  people.follow({ plugin, policy: { status: 'ready', revision: 1 } });
  expect([people.seq, rulesTold]).toEqual([1, 1]);
  people.follow({ plugin, policy: { status: 'ready', revision: 2 } });
  people.follow({ plugin: { state: 'absent' }, policy: { status: 'unknown' } });
  expect([people.seq, rulesTold]).toEqual([3, 3]);
});
