/**
 * Where each request stands in the window. An answered card keeps its place for a moment and only then moves to
 * "recently answered": nothing slides under the owner's pointer at the instant something is answered.
 */
import { Listeners } from '../../electron/contract/listeners.ts';
import { isOpen } from '../../electron/contract/request.ts';
import type { RequestView } from '../../electron/contract/request.ts';
import type { SnapshotStore } from '../session/snapshot-store.ts';

export const lingerMs = 4000;

export interface PlacedRequest {
  readonly view: RequestView;
  /** Epoch ms at which an answered card gives up its place; null while it is open. */
  readonly leavesAt: number | null;
}

export interface Shelf {
  readonly placed: readonly PlacedRequest[];
  readonly recent: readonly RequestView[];
}

export const emptyShelf: Shelf = { placed: [], recent: [] };

/** The next shelf: open cards keep their place, new ones go last, answered ones leave when their time is up. */
export function arrange(previous: Shelf, requests: readonly RequestView[], now: number): Shelf {
  const views = new Map(requests.map((view) => [view.key, view]));
  const kept = previous.placed.flatMap((card): readonly PlacedRequest[] => {
    const view = views.get(card.view.key);
    if (view === undefined) return [];
    if (isOpen(view)) return [{ view, leavesAt: null }];
    const leavesAt = card.leavesAt ?? now + lingerMs;
    return now < leavesAt ? [{ view, leavesAt }] : [];
  });
  const keptKeys = new Set(kept.map((card) => card.view.key));
  const others = requests.filter((view) => !keptKeys.has(view.key));
  const added = others.filter(isOpen).map((view) => ({ view, leavesAt: null }));
  return { placed: [...kept, ...added], recent: others.filter((view) => !isOpen(view)) };
}

export class RequestShelf {
  readonly #store: SnapshotStore;
  readonly #changed = new Listeners();
  readonly #stop: () => void;
  #shelf: Shelf = emptyShelf;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: SnapshotStore) {
    this.#store = store;
    this.#stop = store.subscribe(() => this.#rearrange());
    this.#rearrange();
  }

  readonly subscribe = this.#changed.add;
  readonly get = (): Shelf => this.#shelf;

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #rearrange(): void {
    clearTimeout(this.#timer);
    const now = this.#store.now();
    this.#shelf = arrange(this.#shelf, this.#store.get()?.requests ?? [], now);
    const departures = this.#shelf.placed.flatMap((card) => card.leavesAt ?? []);
    if (departures.length > 0) {
      this.#timer = setTimeout(() => this.#rearrange(), Math.min(...departures) - now);
    }
    this.#changed.emit();
  }
}
