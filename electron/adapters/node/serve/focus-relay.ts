/** Carries "bring this request into view" to windows, also to one that is still opening when it is asked for. */
import type { Stop } from '../../../core/ports.ts';

type FocusSink = (key: string | null) => void;

/** How long an opening window may take and still be told; a browser on a busy machine needs seconds. */
export const focusWaitMs = 30_000;

export class FocusRelay {
  readonly #now: () => number;
  readonly #sinks = new Set<FocusSink>();
  #latest: { readonly key: string | null; readonly at: number } | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Tells every open window, and remembers it for the next one that opens soon. */
  deliver(key: string | null): void {
    this.#latest = { key, at: this.#now() };
    for (const sink of this.#sinks) sink(key);
  }

  /** A window is ready to listen. */
  attach(sink: FocusSink): Stop {
    const latest = this.#latest;
    this.#latest = null;
    this.#sinks.add(sink);
    if (latest !== null && this.#now() - latest.at <= focusWaitMs) sink(latest.key);
    return () => void this.#sinks.delete(sink);
  }
}
