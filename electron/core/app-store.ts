/** Owns the one immutable AppSnapshot: who changes it, and who hears that it changed. */
import type { AppSnapshot } from '../contract/snapshot.ts';
import type { Clock, Stop } from './ports.ts';

export interface AppStoreParts {
  readonly initial: AppSnapshot;
  readonly clock: Clock;
  /** Runs `run` soon, never at once; several changes in one turn then become one notification. */
  readonly schedule: (run: () => void) => void;
  /** Freezes every snapshot in depth. For development and tests, where a stray write should be loud. */
  readonly freeze: boolean;
}

export class AppStore {
  readonly #parts: AppStoreParts;
  readonly #listeners = new Set<(snapshot: AppSnapshot) => void>();
  #snapshot: AppSnapshot;
  #announcing = false;

  constructor(parts: AppStoreParts) {
    this.#parts = parts;
    this.#snapshot = parts.freeze ? deepFreeze(parts.initial) : parts.initial;
  }

  get(): AppSnapshot {
    return this.#snapshot;
  }

  /** `change` gets the current snapshot; handing the same object back changes nothing. Owns `seq` and `now`. */
  update(change: (current: AppSnapshot) => AppSnapshot): void {
    const changed = change(this.#snapshot);
    if (changed === this.#snapshot) return;
    const next = { ...changed, seq: this.#snapshot.seq + 1, now: this.#parts.clock.now() };
    this.#snapshot = this.#parts.freeze ? deepFreeze(next) : next;
    this.#announceSoon();
  }

  /** The listener hears the newest snapshot after a change, not the current one; read that with get(). */
  subscribe(listener: (snapshot: AppSnapshot) => void): Stop {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const entry = (snapshot: AppSnapshot): void => {
      listener(snapshot);
    };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  #announceSoon(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    this.#parts.schedule(() => {
      this.#announcing = false;
      const snapshot = this.#snapshot;
      // A copy: a listener may subscribe or stop others. One stopped meanwhile is not called any more.
      for (const listener of [...this.#listeners]) {
        if (this.#listeners.has(listener)) listener(snapshot);
      }
    });
  }
}

/** Stops at what is frozen already: parts carried over from the last snapshot cost nothing. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
