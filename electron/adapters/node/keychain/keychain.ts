/**
 * The OS keychain as a port. Owns the question whether "not there" can be believed: a locked keychain answers it too,
 * so it counts only while the canary, an item of our own, can be read.
 */
import { Listeners } from '../../../contract/listeners.ts';
import { appError, assertNever, fail, ok, type Result } from '../../../contract/result.ts';
import type { KeychainState } from '../../../contract/snapshot.ts';
import type { Logger, SecretStore, Timers } from '../../../core/ports.ts';
import { checkAccount, checkSecret } from './item.ts';
import { KeychainLine, type LineFailure, type LineTimes } from './keychain-line.ts';
import type { SpawnKeychainProcess } from './keychain-process.ts';
import type { KeychainAnswer, KeychainQuestion } from './messages.ts';

/** Without a slash, so no gateway's item can have this name. */
const canaryAccount = 'canary';
const canaryValue = 'readable';

const defaultTimes: LineTimes = { deadlineMs: 5_000, patienceMs: 60_000, idleMs: 10_000 };

export interface KeychainParts {
  readonly spawn: SpawnKeychainProcess;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly platform: NodeJS.Platform;
  /** The name all items are stored under; "Portcullis" unless a test or a demo keeps apart. */
  readonly service?: string;
  readonly times?: Partial<LineTimes>;
}

export class Keychain implements SecretStore {
  readonly #parts: KeychainParts;
  readonly #service: string;
  readonly #line: KeychainLine;
  readonly #listeners = new Listeners<[KeychainState]>();
  readonly onState = this.#listeners.add;
  #state: KeychainState = 'unknown';
  #queue: Promise<unknown> = Promise.resolve();
  /** After a late answer we look once by ourselves; again only when somebody asks, as it may bring up a prompt. */
  #lookedByItself = false;

  constructor(parts: KeychainParts) {
    this.#parts = parts;
    this.#service = parts.service ?? 'Portcullis';
    this.#line = new KeychainLine({
      ...defaultTimes,
      ...parts.times,
      spawn: parts.spawn,
      timers: parts.timers,
      onLateAnswer: (works) => {
        this.#answeredLate(works);
      },
    });
  }

  get state(): KeychainState {
    return this.#state;
  }

  /** Finds out how the keychain is. On a locked one this may bring up the desktop's password prompt. */
  async probe(): Promise<KeychainState> {
    await this.#inTurn(() => this.#makeSure());
    return this.#state;
  }

  async get(account: string): Promise<Result<string | null>> {
    const named = checkAccount(account);
    if (!named.ok) return named;
    return this.#inTurn(async () => {
      const before = await this.#makeSure();
      if (!before.ok) return before;
      const read = await this.#line.ask({ op: 'get', service: this.#service, account });
      if (!read.ok) return this.#failed(read.error, 'locked');
      if (typeof read.value === 'string') return ok(read.value);
      // It could have been locked between the two readings.
      const after = await this.#makeSure();
      return after.ok ? ok(null) : after;
    });
  }

  async set(account: string, value: string): Promise<Result<null>> {
    const named = checkAccount(account);
    if (!named.ok) return named;
    const fitting = checkSecret(value);
    if (!fitting.ok) return fitting;
    return this.#inTurn(async () => {
      const written = await this.#change({ op: 'set', service: this.#service, account, value });
      return written.ok ? ok(null) : written;
    });
  }

  async delete(account: string): Promise<Result<null>> {
    const named = checkAccount(account);
    if (!named.ok) return named;
    return this.#inTurn(async () => {
      const deleted = await this.#change({ op: 'delete', service: this.#service, account });
      if (!deleted.ok) return deleted;
      return deleted.value === true ? ok(null) : this.#makeSure();
    });
  }

  /** Ends the child process; whatever is still asked fails. */
  dispose(): void {
    this.#listeners.clear();
    this.#line.dispose();
  }

  /** One at a time: under parallel calls the keychain service loses sessions, and prompts would pile up. */
  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    this.#lookedByItself = false;
    const turn = this.#queue.then(run);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The canary reads back, or can be written where it is missing: what we read now can be believed. */
  async #makeSure(): Promise<Result<null>> {
    const canary = { service: this.#service, account: canaryAccount };
    const read = await this.#line.ask({ op: 'get', ...canary });
    // Linux reads nothing from a locked keychain and refuses only without a service; elsewhere there always is one.
    if (!read.ok) return this.#failed(read.error, this.#parts.platform === 'linux' ? 'absent' : 'locked');
    if (read.value !== canaryValue) {
      const written = await this.#line.ask({ op: 'set', ...canary, value: canaryValue });
      if (!written.ok) return this.#failed(written.error, 'locked');
    }
    this.#become('unlocked');
    return ok(null);
  }

  async #change(question: KeychainQuestion): Promise<Result<KeychainAnswer>> {
    const before = await this.#makeSure();
    if (!before.ok) return before;
    const first = await this.#line.ask(question);
    if (first.ok) return first;
    if (first.error.kind !== 'refused') return this.#failed(first.error, 'locked');
    // Readable a moment ago: the service may have restarted since, which only a new process gets over.
    this.#line.restart();
    const still = await this.#makeSure();
    if (!still.ok) return still;
    const second = await this.#line.ask(question);
    return second.ok ? second : this.#failed(second.error, 'locked');
  }

  #failed(failure: LineFailure, refusalMeans: UnavailableState): Result<never> {
    const state = stateAfter(failure, refusalMeans);
    const facts = failure.kind === 'refused' ? { reason: failure.reason } : {};
    this.#parts.logger.log('warn', `keychain.${failure.kind}`, facts);
    this.#become(state);
    return fail(appError('keychain-unavailable', sentences[state], state !== 'absent'));
  }

  #become(state: KeychainState): void {
    if (state === this.#state) return;
    this.#parts.logger.log('info', 'keychain.state', { from: this.#state, to: state });
    this.#state = state;
    this.#listeners.emit(state);
  }

  #answeredLate(works: boolean): void {
    if (works) {
      this.#become('unlocked');
    } else if (this.#lookedByItself) {
      this.#become('locked');
    } else {
      void this.probe();
      this.#lookedByItself = true;
    }
  }
}

type UnavailableState = Exclude<KeychainState, 'unknown' | 'unlocked'>;

const sentences: Readonly<Record<UnavailableState, string>> = {
  locked: 'Your keychain is locked or not set up yet. Unlock it, then try again.',
  absent: 'There is no keychain on this desktop. You can go on without one until Portcullis quits.',
  hung: 'Your keychain is not answering. If it asks for a password, answer it, then try again.',
};

function stateAfter(failure: LineFailure, refusalMeans: UnavailableState): UnavailableState {
  switch (failure.kind) {
    case 'refused':
      return refusalMeans;
    case 'silent':
      return 'hung';
    case 'gone':
      return 'absent';
    default:
      return assertNever(failure);
  }
}
