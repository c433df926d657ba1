/** A set of listeners for one kind of news. */
import type { Stop } from './ports.ts';

export class Listeners<T> {
  readonly #listeners = new Set<(news: T) => void>();

  add(listener: (news: T) => void): Stop {
    // Wrapped, so that the same function registered twice is two registrations with two ends.
    const registration = (news: T): void => {
      listener(news);
    };
    this.#listeners.add(registration);
    return () => {
      this.#listeners.delete(registration);
    };
  }

  emit(news: T): void {
    for (const listener of [...this.#listeners]) listener(news);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
