/**
 * Remembers requests that left the queue, so that late or repeated news cannot bring them back. Bounded: the oldest
 * are forgotten first; a forgotten one that is announced again is put right by the next list.
 */
import type { RequestOutcome } from '../../contract/request.ts';

export interface Tombstone {
  /** Inbox sequence number of the settlement: a list asked for later knows better. */
  readonly seq: number;
  /** Null = expired by our clock. */
  readonly outcome: RequestOutcome | null;
  /** The gateway said so; otherwise it was concluded from absence or time and newer facts reopen it. */
  readonly final: boolean;
  /** Revision and version of the last facts seen; null when only the resolution was ever seen. */
  readonly last: { readonly revision: number; readonly version: number } | null;
}

export class Tombstones {
  readonly #capacity: number;
  readonly #byKey = new Map<string, Tombstone>();
  /** Keys in order of arrival; a ring, because deleting the first key of a Map again and again is not O(1). */
  readonly #ring: string[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Tombstone | undefined {
    return this.#byKey.get(key);
  }

  set(key: string, tombstone: Tombstone): void {
    if (!this.#byKey.has(key)) this.#remember(key);
    this.#byKey.set(key, tombstone);
  }

  clear(): void {
    this.#byKey.clear();
    this.#ring.length = 0;
    this.#next = 0;
  }

  #remember(key: string): void {
    const forgotten = this.#ring[this.#next];
    if (forgotten !== undefined) this.#byKey.delete(forgotten);
    this.#ring[this.#next] = key;
    this.#next = (this.#next + 1) % this.#capacity;
  }
}
