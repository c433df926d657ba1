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
import { usualContentRules } from '../../electron/contract/guard/content/secret-kinds.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';

export interface RecordedCommand {
  readonly name: CommandName;
  readonly input: unknown;
}

/** Written out rather than imported, so that pages driven by Playwright stay free of schemas. */
const noRules: Policy = {
  version: 1,
  revision: 0,
  region: null,
  paused: false,
  accounts: [],
  oneTime: [],
  blocked: [],
  content: usualContentRules,
};

export type PreparedAnswer<K extends CommandName> =
  Result<CommandOutput<K>> | 'never' | ((input: CommandInput<K>) => Promise<Result<CommandOutput<K>>>);
/** The same once its command no longer matters to the types. */
type StoredAnswer = Result<unknown> | 'never' | ((input: unknown) => Promise<Result<unknown>>);

/** Of a gateway without send rules and channels. */
const usualAnswers: { readonly [K in CommandName]?: Result<CommandOutput<K>> } = {
  'guard.rules': { ok: true, value: { status: 'absent', policy: noRules } },
  'guard.contacts': { ok: true, value: [] },
  'loginItem.read': { ok: true, value: { state: 'unavailable', writes: null } },
  'guard.understand': { ok: true, value: { understood: false, problem: 'This is not an address.' } },
  'channels.list': { ok: true, value: { accounts: [], notEditable: null } },
  'channels.history': { ok: true, value: [] },
};

export class FakeBridge implements Bridge {
  readonly commands: RecordedCommand[] = [];
  #snapshot: AppSnapshot;
  readonly #answers = new Map<CommandName, StoredAnswer>();
  readonly #pushed = new Listeners<[name: PushName, payload: unknown]>();

  constructor(snapshot: AppSnapshot) {
    this.#snapshot = snapshot;
  }

  get snapshot(): AppSnapshot {
    return this.#snapshot;
  }

  /** From now on this command gets this answer, or none at all, or the one worked out from its input. */
  answer<K extends CommandName>(name: K, answer: PreparedAnswer<K>): void {
    this.#answers.set(name, answer as StoredAnswer);
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
    return this.#answerTo(name, input) as Promise<Result<CommandOutput<K>>>;
  }

  #answerTo(name: CommandName, input: unknown): Promise<Result<unknown>> {
    if (name === 'snapshot.get') return Promise.resolve({ ok: true, value: this.#snapshot });
    const prepared = this.#answers.get(name) ?? usualAnswers[name] ?? { ok: true, value: null };
    if (prepared === 'never') return new Promise(() => undefined);
    return typeof prepared === 'function' ? prepared(input) : Promise.resolve(prepared);
  }

  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): () => void {
    return this.#pushed.add((pushed, payload) => {
      if (pushed === name) listener(payload as PushPayload<K>);
    });
  }
}
