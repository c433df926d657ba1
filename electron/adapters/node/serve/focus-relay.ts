/** Carries "bring this request into view" to windows, also to one that is still opening when it is asked for. */
import { Listeners, type Stop } from '../../../contract/listeners.ts';

/** How long an opening window may take and still be told; a browser on a busy machine needs seconds. */
export const focusWaitMs = 30_000;

export class FocusRelay {
  readonly #now: () => number;
  readonly #sinks = new Listeners<[key: string | null]>();
  #latest: { readonly key: string | null; readonly at: number } | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Tells every open window, and remembers it for the next one that opens soon. */
  deliver(key: string | null): void {
    this.#latest = { key, at: this.#now() };
    this.#sinks.emit(key);
  }

  /** A window is ready to listen. */
  attach(sink: (key: string | null) => void): Stop {
    const latest = this.#latest;
    this.#latest = null;
    const stop = this.#sinks.add(sink);
    if (latest !== null && this.#now() - latest.at <= focusWaitMs) sink(latest.key);
    return stop;
  }
}
