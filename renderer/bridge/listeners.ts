/** A set of callbacks that can be told something and left at any time, also from inside a callback. */
export class Listeners<Args extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...args: Args) => void>();

  /** @returns a function that stops listening */
  add(listener: (...args: Args) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(...args: Args): void {
    for (const listener of [...this.#listeners]) listener(...args);
  }
}
