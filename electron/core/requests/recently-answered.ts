/** The requests that left the queue lately, newest first, bounded in number and age. */
import type { RequestOutcome, RequestView } from '../../contract/request.ts';
import type { Decision } from '../../contract/request.ts';

const maxCount = 20;
export const keptForMs = 10 * 60_000;

export interface Answered {
  readonly view: RequestView;
  /** Epoch ms, our clock. */
  readonly at: number;
  /** Our own answers that may still turn out to be what settled it. */
  readonly sent: readonly Decision[];
}

export class RecentlyAnswered {
  #items: readonly Answered[] = [];

  add(answered: Answered): void {
    const others = this.#items.filter((item) => item.view.key !== answered.view.key);
    this.#items = [...others, answered].sort(newestFirst).slice(0, maxCount);
  }

  remove(key: string): void {
    this.#items = this.#items.filter((item) => item.view.key !== key);
  }

  get(key: string): Answered | null {
    return this.#items.find((item) => item.view.key === key) ?? null;
  }

  /** The outcome became known better (e.g. "no longer waiting" turned out to be "approved elsewhere"). */
  correct(answered: Answered, outcome: RequestOutcome): void {
    this.add({ ...answered, at: outcome.at, view: { ...answered.view, status: 'settled', outcome } });
  }

  /** @returns true when something was dropped */
  forgetOlderThan(now: number): boolean {
    const kept = this.#items.filter((item) => item.at + keptForMs > now);
    const dropped = kept.length < this.#items.length;
    this.#items = kept;
    return dropped;
  }

  /** Epoch ms when the oldest one is to be forgotten. */
  nextForget(): number | null {
    const oldest = this.#items.at(-1);
    return oldest === undefined ? null : oldest.at + keptForMs;
  }

  views(): readonly RequestView[] {
    return this.#items.map((item) => item.view);
  }

  clear(): void {
    this.#items = [];
  }
}

function newestFirst(a: Answered, b: Answered): number {
  return b.at - a.at || (a.view.key < b.view.key ? -1 : 1);
}
