/**
 * Stands for the app behind the bridge, in component tests and in pages driven by Playwright: holds a snapshot the
 * test writes, records every command, answers with what the test prepared (success unless told otherwise).
 */
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  PushName,
  PushPayload,
} from '../../electron/contract/api.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';

export interface RecordedCommand {
  readonly name: CommandName;
  readonly input: unknown;
}

export class FakeBridge implements Bridge {
  readonly commands: RecordedCommand[] = [];
  #snapshot: AppSnapshot;
  readonly #answers = new Map<CommandName, Result<null> | 'never'>();
  readonly #listeners = new Set<{ readonly name: PushName; readonly run: (payload: unknown) => void }>();

  constructor(snapshot: AppSnapshot) {
    this.#snapshot = snapshot;
  }

  get snapshot(): AppSnapshot {
    return this.#snapshot;
  }

  /** From now on this command gets this answer, or none at all. */
  answer(name: CommandName, result: Result<null> | 'never'): void {
    this.#answers.set(name, result);
  }

  /** Replaces parts of the snapshot, as the app does: a higher `seq`, its clock, pushed whole. */
  update(change: Partial<AppSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, now: Date.now(), ...change, seq: this.#snapshot.seq + 1 };
    this.push('snapshot.changed', this.#snapshot);
  }

  push<K extends PushName>(name: K, payload: PushPayload<K>): void {
    for (const listener of [...this.#listeners]) if (listener.name === name) listener.run(payload);
  }

  invoke<K extends CommandName>(name: K, input: CommandInput<K>): Promise<Result<CommandOutput<K>>> {
    this.commands.push({ name, input });
    const prepared = this.#answers.get(name) ?? { ok: true, value: null };
    if (prepared === 'never') return new Promise(() => undefined);
    const result: Result<unknown> = name === 'snapshot.get' ? { ok: true, value: this.#snapshot } : prepared;
    return Promise.resolve(result as Result<CommandOutput<K>>);
  }

  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): () => void {
    const entry = { name, run: (payload: unknown) => listener(payload as PushPayload<K>) };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }
}
