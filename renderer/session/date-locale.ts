/** How the window writes dates and times, as the owner chose; one for the whole window, set before anything is drawn. */
import type { DateLocale } from '../../electron/contract/settings.ts';
import type { SnapshotStore } from './snapshot-store.ts';

let chosen: DateLocale = 'system';

/** What `Intl` takes; undefined: as the system writes them. */
export function dateLocale(): string | undefined {
  return chosen === 'system' ? undefined : chosen;
}

export class DateLocaleKeeper {
  readonly #stop: () => void;

  constructor(store: SnapshotStore) {
    const follow = (): void => {
      chosen = store.get()?.settings.dateLocale ?? 'system';
    };
    this.#stop = store.subscribe(follow);
    follow();
  }

  dispose(): void {
    this.#stop();
    chosen = 'system';
  }
}
