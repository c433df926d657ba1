/** Holds the newest snapshot and the app's clock. Asks for the snapshot whenever the way to the app opens. */
import { Listeners } from '../../electron/contract/listeners.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { HostLink } from '../bridge/host-link.ts';
import { runCommand } from './run-command.ts';

const askAgainMs = 1000;

export class SnapshotStore {
  readonly #link: HostLink;
  readonly #changed = new Listeners();
  readonly #stops: readonly (() => void)[];
  #snapshot: AppSnapshot | null = null;
  /** Everything at or below was already shown; -1 after a reconnect, because a restarted app counts anew. */
  #seq = -1;
  #clockOffsetMs = 0;
  #wasOpen = false;
  #askAgain: ReturnType<typeof setTimeout> | undefined;

  constructor(link: HostLink) {
    this.#link = link;
    this.#stops = [
      link.bridge.on('snapshot.changed', (snapshot) => this.#accept(snapshot)),
      link.subscribe(() => this.#linkChanged()),
    ];
    this.#linkChanged();
  }

  readonly subscribe = this.#changed.add;
  readonly get = (): AppSnapshot | null => this.#snapshot;

  /** Epoch ms by the app's clock: deadlines in snapshots are compared with this one. */
  readonly now = (): number => Date.now() + this.#clockOffsetMs;

  dispose(): void {
    clearTimeout(this.#askAgain);
    for (const stop of this.#stops) stop();
  }

  #linkChanged(): void {
    const isOpen = this.#link.getState().state === 'open';
    const justOpened = isOpen && !this.#wasOpen;
    this.#wasOpen = isOpen;
    if (!justOpened) return;
    this.#seq = -1;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#askAgain);
    const answer = await runCommand(this.#link.bridge, 'snapshot.get', undefined);
    if (answer.ok) this.#accept(answer.value);
    else if (this.#wasOpen) this.#askAgain = setTimeout(() => void this.#ask(), askAgainMs);
  }

  #accept(snapshot: AppSnapshot): void {
    if (snapshot.seq <= this.#seq) return;
    this.#seq = snapshot.seq;
    this.#snapshot = snapshot;
    this.#clockOffsetMs = snapshot.now - Date.now();
    this.#changed.emit();
  }
}
