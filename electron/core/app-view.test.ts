import { expect, it } from 'vitest';
import { idleConfigWork } from '../contract/channels.ts';
import { unknownGuard } from '../contract/guard/guard-view.ts';
import { defaultSettings } from '../contract/settings.ts';
import { unknownSilence } from '../contract/silence.ts';
import { initialSnapshot, withFacts, type AppFacts } from './app-view.ts';
import { viewOf } from './notify/notify.fixture.ts';
import { chat } from './requests/requests.fixture.ts';

const facts: AppFacts = {
  host: { kind: 'desktop', platform: 'linux', version: '1.0.0' },
  connection: { state: 'stopped' },
  requests: { requests: [viewOf(chat('c1'))], openCount: 7 },
  guard: unknownGuard,
  silence: unknownSilence,
  configWork: idleConfigWork,
  owedRestart: null,
  listsSeq: 0,
  usedSetupCode: null,
  keychain: { state: 'unlocked', sessionOnly: false },
  notifier: { shows: true, actions: true, fixedTextOnly: false },
  settings: defaultSettings,
  notices: [],
};
const first = initialSnapshot(facts, 5);

it('shows every fact', () => {
  expect(first).toEqual({
    seq: 0,
    now: 5,
    host: facts.host,
    connection: facts.connection,
    requests: facts.requests.requests,
    openCount: 7,
    guard: unknownGuard,
    silence: unknownSilence,
    configWork: idleConfigWork,
    owedRestart: null,
    listsSeq: 0,
    usedSetupCode: null,
    keychain: facts.keychain,
    notifications: { capability: 'buttons' },
    settings: defaultSettings,
    notices: [],
  });
});

it.each([
  [{ shows: false, actions: true }, 'none'],
  [{ shows: true, actions: false }, 'look-here'],
  [{ shows: true, actions: true }, 'buttons'],
] as const)('calls a notifier that %o: %s', (can, capability) => {
  const notifier = { ...can, fixedTextOnly: false };
  expect(withFacts(first, { ...facts, notifier }).notifications).toEqual({ capability });
});

it('is the identical snapshot while nothing shown changes', () => {
  expect(withFacts(first, { ...facts, keychain: { ...facts.keychain } })).toBe(first);
});

it.each<[string, Partial<AppFacts>]>([
  ['the connection', { connection: { state: 'connecting', gateway: null } }],
  ['the list', { requests: { requests: [], openCount: 7 } }],
  ['the number of requests', { requests: { ...facts.requests, openCount: 8 } }],
  ['the guard', { guard: { ...unknownGuard, paused: true } }],
  ['silence', { silence: { state: 'ready', accounts: [] } }],
  ['work on the config', { configWork: { ...idleConfigWork } }],
  ['an owed restart', { owedRestart: { state: 'owed', elevation: [], error: null } }],
  ['the set-up code a phone used', { usedSetupCode: { setupId: 's', deviceName: null, confirmed: true } }],
  ['the keychain', { keychain: { state: 'locked', sessionOnly: false } }],
  ['where secrets are kept', { keychain: { state: 'unlocked', sessionOnly: true } }],
  ['the notifier', { notifier: { shows: false, actions: false, fixedTextOnly: false } }],
  ['a setting', { settings: { ...defaultSettings } }],
  ['the notices', { notices: [{ id: 'n', text: 't' }] }],
])('is another one when %s changed', (_what, change) => {
  const next = withFacts(first, { ...facts, ...change });
  expect(next).not.toBe(first);
  expect(next).toEqual({ ...initialSnapshot({ ...facts, ...change }, 5) });
});
