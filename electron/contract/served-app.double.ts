/** A ServedApp whose snapshots and focus requests a test pushes by hand; its commands are only recorded. */
import type { CommandHandlers } from './api.ts';
import { recordingHandlers } from './handlers.double.ts';
import type { RecordedCommand } from './handlers.double.ts';
import { Listeners } from './listeners.ts';
import { ok } from './result.ts';
import type { ServedApp } from './served-app.ts';
import { firstSnapshot } from './snapshot.fixture.ts';
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
