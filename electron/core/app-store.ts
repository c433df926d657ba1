/** Owns the one immutable AppSnapshot: who changes it, and who hears that it changed. */
import { Listeners } from '../contract/listeners.ts';
import type { AppSnapshot } from '../contract/snapshot.ts';
import type { Clock } from './ports.ts';

export interface AppStoreParts {
  readonly initial: AppSnapshot;
  readonly clock: Clock;
  /** Runs `run` soon, never at once; several changes in one turn then become one notification. */
  readonly schedule: (run: () => void) => void;
}

export class AppStore {
  readonly #parts: AppStoreParts;
  readonly #listeners = new Listeners<[AppSnapshot]>();
  /** The listener hears the newest snapshot after a change, not the current one; read that with get(). */
  readonly subscribe = this.#listeners.add;
  #snapshot: AppSnapshot;
  #announcing = false;

  constructor(parts: AppStoreParts) {
    this.#parts = parts;
    this.#snapshot = parts.initial;
  }

  get(): AppSnapshot {
    return this.#snapshot;
  }

  /** `change` gets the current snapshot; handing the same object back changes nothing. Owns `seq` and `now`. */
  update(change: (current: AppSnapshot) => AppSnapshot): void {
    const changed = change(this.#snapshot);
    if (changed === this.#snapshot) return;
    this.#snapshot = { ...changed, seq: this.#snapshot.seq + 1, now: this.#parts.clock.now() };
    this.#announceSoon();
  }

  #announceSoon(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    this.#parts.schedule(() => {
      this.#announcing = false;
      this.#listeners.emit(this.#snapshot);
    });
  }
}
