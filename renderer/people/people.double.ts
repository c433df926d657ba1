/** People, devices and nodes as the app would list them, for component tests and driven pages. Times relative to now. */
import type {
  ApprovedContactView,
  BlockedPersonView,
  PairedDeviceView,
  PeopleView,
} from '../../electron/contract/people.ts';
import { adminScope, plain, readScope, writeScope } from '../bridge/snapshots.double.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

export function device(change: Partial<PairedDeviceView> = {}): PairedDeviceView {
  const now = Date.now();
  return {
    deviceId: 'a'.repeat(64),
    kind: 'device',
    name: plain('Bob’s phone'),
    fingerprint: '19d1 4f0a 77c3 7734',
    platform: plain('iOS'),
    own: false,
    connected: false,
    lastSeenAt: now - 2 * day - hour,
    pairedAt: now - 40 * day - hour,
    approvedVia: 'owner',
    approvedViaWord: plain('owner'),
    scopes: [readScope],
    tokens: [{ role: 'operator', scopes: [readScope], lastUsedAt: null, revokeElevation: [] }],
    commands: [],
    capabilities: [],
    manageElevation: [],
    ...change,
  };
}

export const ownDevice = device({
  deviceId: '0'.repeat(64),
  name: plain('Portcullis on desk'),
  fingerprint: '0000 1111 2222 3333',
  platform: plain('Linux'),
  own: true,
  connected: true,
  approvedVia: 'silent',
  scopes: [readScope, writeScope],
});

export const adminLaptop = device({
  deviceId: 'c'.repeat(64),
  name: plain('Old laptop'),
  fingerprint: 'cccc 1111 2222 3333',
  platform: plain('Windows'),
  lastSeenAt: Date.now() - 120 * day,
  scopes: [adminScope, readScope],
  tokens: [
    { role: 'operator', scopes: [adminScope, readScope], lastUsedAt: null, revokeElevation: [adminScope] },
  ],
});

export const studioNode = device({
  deviceId: 'b'.repeat(64),
  kind: 'node',
  name: plain('Studio Mac mini'),
  fingerprint: '84a0 11be 90d2 6cbc',
  platform: plain('macOS'),
  connected: true,
  scopes: [],
  tokens: [{ role: 'node', scopes: [], lastUsedAt: null, revokeElevation: [adminScope] }],
  commands: [plain('system.run'), plain('system.which')],
});

export function contact(change: Partial<ApprovedContactView> = {}): ApprovedContactView {
  return {
    channel: 'imessage',
    account: 'default',
    accountShown: plain('default'),
    entry: '+15551230001',
    shown: plain('+15551230001'),
    source: 'pairing',
    means: 'person',
    removal: 'possible',
    blocked: false,
    ...change,
  };
}

export const spammer: BlockedPersonView = {
  channel: 'imessage',
  to: '+15551239999',
  shown: plain('+15551239999'),
  note: plain('Blocked when they asked to be let in'),
};

export function peopleView(change: Partial<PeopleView> = {}): PeopleView {
  return {
    contacts: {
      list: [
        contact(),
        contact({
          entry: 'sam@example.com',
          shown: plain('sam@example.com'),
          source: 'config',
          removal: 'in-config',
        }),
      ],
      pairingFrom: 'plugin',
      configRead: true,
    },
    devices: {
      list: [ownDevice, studioNode, device(), adminLaptop],
      limited: false,
      offered: true,
      unreadable: 0,
    },
    blocked: { state: 'ready', people: [spammer] },
    ...change,
  };
}
