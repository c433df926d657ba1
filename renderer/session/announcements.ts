/** One quiet sentence for screen readers when a request arrives or is answered. */
import { Listeners } from '../../electron/contract/listeners.ts';
import { isOpen } from '../../electron/contract/request.ts';
import type { RequestView } from '../../electron/contract/request.ts';
import { closedWords, requestSentence } from '../text.ts';
import type { SnapshotStore } from './snapshot-store.ts';

export interface Announcement {
  /** Differs each time, so that the same sentence twice is spoken twice. */
  readonly id: number;
  readonly text: string;
}

/** What changed between two snapshots that is worth saying, or null. */
export function describeChange(
  previous: readonly RequestView[],
  current: readonly RequestView[],
): string | null {
  const before = new Map(previous.map((view) => [view.key, view]));
  const arrived = current.filter((view) => isOpen(view) && !before.has(view.key));
  const closed = current.filter((view) => {
    const was = before.get(view.key);
    return was !== undefined && isOpen(was) && !isOpen(view);
  });
  const sentences = [
    ...closed.map((view) => `${closedWords(view)}: ${view.who.text}.`),
    ...(arrived.length > 2
      ? [`${String(arrived.length)} new requests.`]
      : arrived.map((view) => `New request: ${view.who.text} ${requestSentence(view)}.`)),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}

export class Announcements {
  readonly #store: SnapshotStore;
  readonly #changed = new Listeners();
  readonly #stop: () => void;
  /** Null until the first snapshot: what was already there when the window opened is not news. */
  #previous: readonly RequestView[] | null;
  #latest: Announcement | null = null;

  constructor(store: SnapshotStore) {
    this.#store = store;
    this.#previous = store.get()?.requests ?? null;
    this.#stop = store.subscribe(() => this.#compare());
  }

  readonly subscribe = this.#changed.add;
  readonly get = (): Announcement | null => this.#latest;

  say(text: string): void {
    this.#latest = { id: (this.#latest?.id ?? 0) + 1, text };
    this.#changed.emit();
  }

  dispose(): void {
    this.#stop();
  }

  #compare(): void {
    const current = this.#store.get()?.requests ?? [];
    const text = this.#previous === null ? null : describeChange(this.#previous, current);
    this.#previous = current;
    if (text !== null) this.say(text);
  }
}
