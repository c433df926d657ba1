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
import { Listeners } from '../../electron/contract/listeners.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';

export interface RecordedCommand {
  readonly name: CommandName;
  readonly input: unknown;
}

export class FakeBridge implements Bridge {
  readonly commands: RecordedCommand[] = [];
  #snapshot: AppSnapshot;
  readonly #answers = new Map<CommandName, Result<unknown> | 'never'>();
  readonly #pushed = new Listeners<[name: PushName, payload: unknown]>();

  constructor(snapshot: AppSnapshot) {
    this.#snapshot = snapshot;
  }

  get snapshot(): AppSnapshot {
    return this.#snapshot;
  }

  /** From now on this command gets this answer, or none at all. */
  answer<K extends CommandName>(name: K, result: Result<CommandOutput<K>> | 'never'): void {
    this.#answers.set(name, result);
  }

  /** Replaces parts of the snapshot, as the app does: a higher `seq`, its clock, pushed whole. */
  update(change: Partial<AppSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, now: Date.now(), ...change, seq: this.#snapshot.seq + 1 };
    this.push('snapshot.changed', this.#snapshot);
  }

  push<K extends PushName>(name: K, payload: PushPayload<K>): void {
    this.#pushed.emit(name, payload);
  }

  invoke<K extends CommandName>(name: K, input: CommandInput<K>): Promise<Result<CommandOutput<K>>> {
    this.commands.push({ name, input });
    const prepared = this.#answers.get(name) ?? { ok: true, value: null };
    if (prepared === 'never') return new Promise(() => undefined);
    const result: Result<unknown> = name === 'snapshot.get' ? { ok: true, value: this.#snapshot } : prepared;
    return Promise.resolve(result as Result<CommandOutput<K>>);
  }

  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): () => void {
    return this.#pushed.add((pushed, payload) => {
      if (pushed === name) listener(payload as PushPayload<K>);
    });
  }
}
