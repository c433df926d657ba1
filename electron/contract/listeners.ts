/** Those who want to hear one kind of news, and the way each of them stops hearing it. */

/** Ends what handed it out. A second call changes nothing. */
export type Stop = () => void;

/** `News` is what `emit` says: the parameters of every listener. */
export class Listeners<News extends readonly unknown[] = []> {
  readonly #registrations = new Set<(...news: News) => void>();

  /** Bound, so that an owner can offer it as it is: `readonly onGone = this.#gone.add`. */
  readonly add = (listener: (...news: News) => void): Stop => {
    // Wrapped, so that the same function registered twice is two registrations with two ends.
    const registration = (...news: News): void => {
      listener(...news);
    };
    this.#registrations.add(registration);
    return () => {
      this.#registrations.delete(registration);
    };
  };

  get size(): number {
    return this.#registrations.size;
  }

  emit(...news: News): void {
    // A copy: a listener may add or stop others. One stopped meanwhile is not called any more.
    for (const registration of [...this.#registrations]) {
      if (this.#registrations.has(registration)) registration(...news);
    }
  }

  clear(): void {
    this.#registrations.clear();
  }
}
