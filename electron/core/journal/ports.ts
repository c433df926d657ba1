/** Where the journal is kept. Same rules as `core/ports.ts`. */
import type { JournalEntry } from '../../contract/journal.ts';

export interface Journal {
  /**
   * Adds entries at the end, in order. Never throws and never blocks what happened from happening: entries that cannot
   * be written now are kept and written with later ones; the adapter logs it.
   */
  append(entries: readonly JournalEntry[]): void;
  /** Readable entries, oldest first, at most those of the file in use. */
  recent(): readonly JournalEntry[];
}
