/** What one input changed in the inbox: for the journal, the notifications and the decision to read lists again. */
import type { RequestKind } from '../../contract/request.ts';

export interface InboxDelta {
  /** Keys that are new in the queue. */
  readonly added: readonly string[];
  /** Keys that look different now; also an answered one whose outcome became known better. */
  readonly changed: readonly string[];
  /** Keys that left the queue: answered, withdrawn or expired. */
  readonly settled: readonly string[];
  /** Lists to read again now, because only the gateway can tell what happened. */
  readonly relist: readonly RequestKind[];
}

export const noChange: InboxDelta = { added: [], changed: [], settled: [], relist: [] };

type Change = 'added' | 'changed' | 'settled';

/** Collects the changes of one input; the last word on a key wins, but new stays new. */
export class DeltaBuilder {
  readonly #changes = new Map<string, Change>();
  readonly #relist = new Set<RequestKind>();

  note(key: string, change: Change): void {
    if (change === 'changed' && this.#changes.has(key)) return;
    this.#changes.set(key, change);
  }

  readAgain(kind: RequestKind): void {
    this.#relist.add(kind);
  }

  build(): InboxDelta {
    if (this.#changes.size === 0 && this.#relist.size === 0) return noChange;
    const keys: Record<Change, string[]> = { added: [], changed: [], settled: [] };
    for (const [key, change] of this.#changes) keys[change].push(key);
    return { ...keys, relist: [...this.#relist] };
  }
}
