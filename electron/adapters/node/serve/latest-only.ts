/** Sends the newest of a stream of values to a receiver that may be slower than the stream. */

/**
 * Values offered in one turn of the event loop count as one, and while a send is under way only the newest waits, so
 * a slow receiver costs one value of memory and never sees an old one after a new one.
 */
export class LatestOnly<T> {
  readonly #send: (value: T) => Promise<void>;
  #waiting: { readonly value: T } | null = null;
  #running = false;
  #disposed = false;

  /** @param send must not reject; a receiver that is gone is disposed of by its owner */
  constructor(send: (value: T) => Promise<void>) {
    this.#send = send;
  }

  offer(value: T): void {
    if (this.#disposed) return;
    this.#waiting = { value };
    if (this.#running) return;
    this.#running = true;
    setImmediate(() => void this.#drain());
  }

  dispose(): void {
    this.#disposed = true;
    this.#waiting = null;
  }

  async #drain(): Promise<void> {
    while (this.#waiting !== null) {
      const { value } = this.#waiting;
      this.#waiting = null;
      await this.#send(value);
    }
    this.#running = false;
  }
}
