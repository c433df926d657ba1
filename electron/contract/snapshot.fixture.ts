/** The snapshot of an app that has just started, for tests to change what they are about. */
import { idleConfigWork } from './channels.ts';
import { unknownGuard } from './guard/guard-view.ts';
import { defaultSettings } from './settings.ts';
import { unknownSilence } from './silence.ts';
import type { AppSnapshot } from './snapshot.ts';

export const firstSnapshot: AppSnapshot = {
  seq: 1,
  now: 1_700_000_000_000,
  host: { kind: 'browser', platform: 'linux', version: '0.0.0' },
  connection: { state: 'stopped' },
  requests: [],
  openCount: 0,
  guard: unknownGuard,
  silence: unknownSilence,
  configWork: idleConfigWork,
  owedRestart: null,
  usedSetupCode: null,
  listsSeq: 0,
  keychain: { state: 'unlocked', sessionOnly: false },
  notifications: { capability: 'buttons' },
  settings: defaultSettings,
  notices: [],
};
