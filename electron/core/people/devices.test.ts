import { describe, expect, it } from 'vitest';
import { isLongUnseen, longUnseenMs } from '../../contract/people.ts';
import { ManualClock, restScopes, sameClock, startTime } from '../requests/requests.fixture.ts';
import type { HeldAuthority } from '../requests/scopes.ts';
import { readDevices, revokeScopes, type DeviceContext } from './devices.ts';
import { nodeId, ownId, pairedDevice, pairedNode, phoneId } from './people.fixture.ts';

const resting: HeldAuthority = { scopes: restScopes, ownDeviceOnly: false };
const limited: HeldAuthority = { scopes: restScopes, ownDeviceOnly: true };
const admin: HeldAuthority = { scopes: [...restScopes, 'operator.admin'], ownDeviceOnly: true };

function read(paired: readonly unknown[], context: Partial<DeviceContext> = {}) {
  const list = readDevices(
    { pending: [], paired },
    {
      clock: sameClock(new ManualClock()),
      held: resting,
      ownDeviceId: ownId,
      hiddenDeviceId: null,
      ...context,
    },
  );
  if (!list.ok) throw new Error(list.error);
  return list.value;
}

function only(entry: object) {
  const [view] = read([entry]).list;
  if (view === undefined) throw new Error('Nothing was listed.');
  return view;
}

describe('readDevices', () => {
  it('shows everything known about a device, names safe', () => {
    expect(
      only(pairedDevice(phoneId, { displayName: 'Bob\u202Ephone', approvedVia: 'tailnet\u200B' })),
    ).toEqual({
      deviceId: phoneId,
      kind: 'device',
      name: { text: 'Bob⟨U+202E⟩phone', altered: true, truncated: false, mixedScripts: false },
      fingerprint: 'aaaa aaaa aaaa aaaa',
      platform: { text: 'iPhone', altered: false, truncated: false, mixedScripts: false },
      own: false,
      connected: false,
      lastSeenAt: startTime - 3_000,
      pairedAt: startTime - 4_000,
      approvedVia: 'other',
      approvedViaWord: { text: 'tailnet⟨U+200B⟩', altered: true, truncated: false, mixedScripts: false },
      scopes: [{ scope: 'operator.read', words: 'Read chats, settings and logs', dangerous: false }],
      tokens: [
        {
          role: 'operator',
          scopes: [{ scope: 'operator.read', words: 'Read chats, settings and logs', dangerous: false }],
          lastUsedAt: null,
          revokeElevation: [],
        },
      ],
      commands: [],
      capabilities: [],
      manageElevation: [],
    });
  });

  it.each([
    ['silent', 'silent'],
    ['owner', 'owner'],
    ['trusted-cidr', 'trusted-network'],
    ['ssh-verified', 'ssh'],
    ['new-way', 'other'],
    [7, 'unknown'],
    [undefined, 'unknown'],
  ])('says of a device approved by %s: %s', (approvedVia, expected) => {
    expect(only(pairedDevice(phoneId, { approvedVia })).approvedVia).toBe(expected);
  });

  it.each([
    ['its own name', pairedDevice(phoneId), 'Bob phone'],
    ['the owner’s name for it', pairedDevice(phoneId, { operatorLabel: 'Mine' }), 'Mine'],
    ['what a nameless one is', pairedDevice(phoneId, { displayName: ' ' }), 'Unnamed device'],
    ['the name the assistant knows', pairedNode(nodeId, { operatorLabel: 'Mine' }), 'Lab node'],
    [
      'a label where it has no other',
      pairedNode(nodeId, { nodeSurface: undefined, operatorLabel: 'M' }),
      'M',
    ],
  ])('names a device by %s', (_what, entry, name) => {
    expect(only(entry).name.text).toBe(name);
  });

  it('counts a machine that may also operate the gateway as a device', () => {
    expect(only(pairedNode(nodeId)).kind).toBe('node');
    expect(only(pairedNode(nodeId, { roles: ['node', 'operator'] })).kind).toBe('device');
  });

  it('counts a use of a token as being seen, and leaves revoked tokens out', () => {
    const used = { role: 'operator', scopes: ['operator.admin'], lastUsedAtMs: startTime };
    expect(only(pairedDevice(phoneId, { tokens: [used] })).lastSeenAt).toBe(startTime);
    const revoked = only(pairedDevice(phoneId, { tokens: [{ ...used, revokedAtMs: startTime }] }));
    expect(revoked).toMatchObject({ tokens: [], lastSeenAt: startTime - 3_000 });
    expect(revoked.scopes.map(({ scope }) => scope)).toEqual(['operator.read']);
  });

  it('puts ourselves first, then who is connected, then whoever was seen last', () => {
    const ids = ['1', '2', '3'].map((digit) => digit.repeat(64));
    const [first = '', second = '', third = ''] = ids;
    const { list } = read([
      pairedDevice(first, { lastSeenAtMs: startTime - 9 }),
      pairedDevice(second, { lastSeenAtMs: startTime - 1 }),
      pairedDevice(third, { connected: true, lastSeenAtMs: 1 }),
      pairedDevice(ownId, { lastSeenAtMs: 1 }),
    ]);
    expect(list.map(({ deviceId }) => deviceId)).toEqual([ownId, third, second, first]);
    expect(list.map(({ own }) => own)).toEqual([true, false, false, false]);
  });

  it.each([
    ['no id', { displayName: 'x' }],
    ['an id that is none', pairedDevice('short')],
    ['a role that is no name', pairedDevice(phoneId, { role: 'a b' })],
    ['scopes that are none', pairedDevice(phoneId, { scopes: 'all' })],
    ['nothing at all', null],
  ])('counts an entry with %s and shows the others', (_what, entry) => {
    expect(read([entry, pairedNode(nodeId)])).toMatchObject({ unreadable: 1, list: [{ deviceId: nodeId }] });
  });

  it.each([null, {}, { paired: 'none' }])('takes %j for no news, not for nobody', (payload) => {
    const context = {
      clock: sameClock(new ManualClock()),
      held: resting,
      ownDeviceId: null,
      hiddenDeviceId: null,
    };
    expect(readDevices(payload, context)).toEqual({ ok: false, error: 'bad-list' });
  });

  it('says when we see only ourselves, and shows an elevated look without its own short-lived device', () => {
    expect(read([pairedDevice(ownId)], { held: limited }).limited).toBe(true);
    const looked = read([pairedDevice(ownId), pairedDevice(phoneId)], {
      held: limited,
      hiddenDeviceId: phoneId,
    });
    expect(looked).toMatchObject({ limited: false, list: [{ deviceId: ownId }] });
    expect(looked.list[0]?.manageElevation.map(({ scope }) => scope)).toEqual(['operator.admin']);
  });
});

it.each([
  ['an ordinary token', 'operator', ['operator.read'], resting, []],
  [
    'a token with more than we hold',
    'operator',
    ['operator.read', 'operator.admin'],
    resting,
    ['operator.admin'],
  ],
  ['a node’s token', 'node', [], resting, ['operator.admin']],
  ['anything hidden from us', 'operator', ['operator.read'], limited, ['operator.admin']],
  ['anything, as an administrator', 'node', ['operator.admin'], admin, []],
])('revoking %s takes what it should', (_what, role, scopes, held, expected) => {
  expect(revokeScopes({ role, scopes }, held)).toEqual(expected);
});

it.each([
  ['connected', { connected: true, lastSeenAtMs: 1 }, false],
  ['seen 89 days ago', { lastSeenAtMs: startTime - longUnseenMs + 1 }, false],
  ['seen 90 days ago', { lastSeenAtMs: startTime - longUnseenMs }, true],
  ['never seen since it was paired long ago', { lastSeenAtMs: undefined, approvedAtMs: 5 }, true],
  ['never timed', { lastSeenAtMs: undefined, approvedAtMs: undefined, createdAtMs: undefined }, null],
])('a device %s is unseen for long: %s', (_what, more, expected) => {
  expect(isLongUnseen(only(pairedDevice(phoneId, more)), startTime)).toBe(expected);
});
