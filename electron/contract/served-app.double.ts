/** A ServedApp whose snapshots and focus requests a test pushes by hand; its commands are only recorded. */
import type { CommandHandlers } from './api.ts';
import { recordingHandlers } from './handlers.double.ts';
import type { RecordedCommand } from './handlers.double.ts';
import { Listeners } from './listeners.ts';
import { ok } from './result.ts';
import type { ServedApp } from './served-app.ts';
import { defaultSettings } from './settings.ts';
import type { AppSnapshot } from './snapshot.ts';

export interface ServedAppDouble extends ServedApp {
  readonly calls: readonly RecordedCommand[];
  /** How many windows listen right now. */
  readonly listeners: number;
  /** Makes and announces the next snapshot. */
  change(patch?: Partial<AppSnapshot>): AppSnapshot;
  focus(key: string | null): void;
}

export function servedAppDouble(overrides: Partial<CommandHandlers> = {}): ServedAppDouble {
  let current = firstSnapshot;
  const snapshotListeners = new Listeners<[AppSnapshot]>();
  const focusListeners = new Listeners<[key: string | null]>();
  const { handlers, calls } = recordingHandlers({
    'snapshot.get': () => Promise.resolve(ok(current)),
    ...overrides,
  });
  return {
    handlers,
    calls,
    get listeners() {
      return snapshotListeners.size;
    },
    snapshot: () => current,
    onSnapshot: (listener) => snapshotListeners.add(listener),
    onFocus: (listener) => focusListeners.add(listener),
    change(patch = {}) {
      current = { ...current, ...patch, seq: current.seq + 1 };
      snapshotListeners.emit(current);
      return current;
    },
    focus: (key) => focusListeners.emit(key),
  };
}

const firstSnapshot: AppSnapshot = {
  seq: 1,
  now: 1_700_000_000_000,
  host: { kind: 'browser', platform: 'linux', version: '0.0.0' },
  connection: { state: 'stopped' },
  requests: [],
  openCount: 0,
  keychain: { state: 'unlocked', sessionOnly: false },
  notifications: { capability: 'buttons' },
  settings: defaultSettings,
  notices: [],
};
