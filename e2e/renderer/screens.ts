/** One snapshot per screen the owner can meet; every one is checked for accessibility and photographed. */
import { defaultSettings } from '../../electron/contract/settings.ts';
import type { AppSnapshot, BlockedReason, WaitReason } from '../../electron/contract/snapshot.ts';
import { blockedTexts, waitTexts } from '../../electron/contract/strings.ts';
import { guardScreens } from './guard-screens.ts';
import type { Screens } from './guard-screens.ts';
import {
  adminScope,
  answered,
  chatRequest,
  deviceRequest,
  gateway,
  nodeRequest,
  plain,
  readScope,
  ready,
  snapshotWith,
  writeScope,
} from '../../renderer/bridge/snapshots.double.ts';

const many = Array.from({ length: 24 }, (_, index) => plain(`camera.preset.${String(index + 1)}`));

export const requestScreens: Screens = {
  requests: () =>
    snapshotWith([
      chatRequest(),
      deviceRequest(),
      answered(chatRequest({ key: 'chat:old', who: plain('sam@example.com') }), { at: Date.now() - 240_000 }),
      answered(deviceRequest({ key: 'device:old', who: plain('Old tablet') }), {
        decision: 'denied',
        by: 'elsewhere',
        at: Date.now() - 400_000,
      }),
    ]),
  'device-admin': () =>
    snapshotWith([
      deviceRequest({ scopes: [readScope, writeScope, adminScope], elevation: [adminScope], repair: true }),
    ]),
  node: () => snapshotWith([nodeRequest()]),
  'node-many-commands': () => snapshotWith([nodeRequest({ commands: many })]),
  'hostile-name': () =>
    snapshotWith([
      deviceRequest({
        who: plain('Моm’s iPhone ⟨U+202E⟩gnp.exe <b>Approve me</b> ' + 'very'.repeat(30) + '…', {
          altered: true,
          truncated: true,
          mixedScripts: true,
        }),
        address: plain('10.0.0.7⟨U+200B⟩', { altered: true }),
        fullyShown: false,
      }),
    ]),
  'answering-states': () =>
    snapshotWith([
      chatRequest({ key: 'chat:a', who: plain('+1 555 0001'), status: 'submitting' }),
      chatRequest({ key: 'chat:b', who: plain('+1 555 0002'), status: 'lost' }),
      chatRequest({
        key: 'chat:c',
        who: plain('+1 555 0003'),
        note: 'The gateway has not confirmed your answer yet. You can answer again.',
      }),
      { ...chatRequest({ key: 'chat:d', who: plain('+1 555 0004') }), status: 'expired' },
    ]),
  empty: () => snapshotWith([]),
  'not-connected-with-requests': () =>
    snapshotWith([chatRequest()], {
      connection: {
        state: 'waiting',
        reason: 'connection-lost',
        gateway,
        retryAt: Date.now() + 8000,
        attempt: 2,
      },
    }),
};

export const appScreens: Screens = {
  connecting: () => snapshotWith([], { connection: { state: 'connecting', gateway: null } }),
  syncing: () => snapshotWith([], { connection: { state: 'syncing', gateway } }),
  stopped: () => snapshotWith([], { connection: { state: 'stopped' } }),
  'old-gateway': () =>
    snapshotWith([], { connection: { ...ready(), missing: ['chat-pairing', 'node-pairing'] } }),
  limited: () => snapshotWith([], { connection: { ...ready(), limited: true } }),
  'keychain-locked': () => snapshotWith([], { keychain: { state: 'locked', sessionOnly: false } }),
  'keychain-absent': () => snapshotWith([], { keychain: { state: 'absent', sessionOnly: false } }),
  'keychain-hung': () => snapshotWith([], { keychain: { state: 'hung', sessionOnly: false } }),
  'session-only': () => snapshotWith([], { keychain: { state: 'absent', sessionOnly: true } }),
  notices: () =>
    snapshotWith([], {
      notifications: { capability: 'none' },
      notices: [
        {
          id: 'n1',
          text: 'Your settings file was damaged. It was kept aside as settings.corrupt-1795207249.',
        },
      ],
    }),
  'dark-setting': () => snapshotWith([chatRequest()], { settings: { ...defaultSettings, theme: 'dark' } }),
};

const details: Partial<Record<BlockedReason, string>> = {
  'tls-changed': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'scopes-missing': 'operator.pairing',
  refused: 'origin not allowed',
};

function waitScreen(reason: WaitReason): readonly [string, () => AppSnapshot] {
  return [
    `waiting-${reason}`,
    () =>
      snapshotWith([], {
        connection: { state: 'waiting', reason, gateway: null, retryAt: Date.now() + 20_000, attempt: 1 },
        keychain: {
          state: reason === 'keychain-locked' ? 'locked' : reason === 'keychain-hung' ? 'hung' : 'unlocked',
          sessionOnly: false,
        },
      }),
  ];
}

function blockedScreen(reason: BlockedReason): readonly [string, () => AppSnapshot] {
  return [
    `blocked-${reason}`,
    () =>
      snapshotWith([], {
        connection: { state: 'blocked', reason, gateway, detail: details[reason] ?? null },
      }),
  ];
}

/** The catalogue is exhaustive, so a new reason gets its screen by itself. */
export const connectionScreens: Screens = {
  ...Object.fromEntries((Object.keys(waitTexts) as WaitReason[]).map(waitScreen)),
  ...Object.fromEntries((Object.keys(blockedTexts) as BlockedReason[]).map(blockedScreen)),
};

export const screens: Screens = { ...requestScreens, ...guardScreens, ...appScreens, ...connectionScreens };

export function screen(name: string): AppSnapshot {
  const make = screens[name];
  if (make === undefined) throw new Error(`No screen is called ${name}`);
  return make();
}
