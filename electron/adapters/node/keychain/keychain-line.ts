/** Asks the keychain process one question at a time, with a deadline; starts, restarts and ends that process. */
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Stop, Timers } from '../../../core/ports.ts';
import type { KeychainProcess, SpawnKeychainProcess } from './keychain-process.ts';
import { replySchema, type KeychainAnswer, type KeychainQuestion, type KeychainReply } from './messages.ts';

export type LineFailure =
  | { readonly kind: 'refused'; /** The keychain's words, for the log only. */ readonly reason: string }
  /** No answer within the deadline. */
  | { readonly kind: 'silent' }
  /** The process ended, or could not be started. */
  | { readonly kind: 'gone' };

export type LineResult = Result<KeychainAnswer, LineFailure>;

export interface LineTimes {
  /** After this long a question counts as unanswered. */
  readonly deadlineMs: number;
  /**
   * The process is left alone this much longer, then killed: the desktop may be showing a password prompt. So we
   * hear at once when the owner answers it, and no second prompt is asked for meanwhile.
   */
  readonly patienceMs: number;
  /** A process nobody asked anything for this long is ended; it costs more memory than a new start costs time. */
  readonly idleMs: number;
}

export interface KeychainLineParts extends LineTimes {
  readonly spawn: SpawnKeychainProcess;
  readonly timers: Timers;
  /**
   * A question that went unanswered came to an end after all.
   * @param works true when the end proves that the keychain is readable now
   */
  readonly onLateAnswer: (works: boolean) => void;
}

interface Worker {
  readonly process: KeychainProcess;
  /** Has answered before; a refusal may then only mean that the keychain service restarted since. */
  proven: boolean;
}

interface Open {
  readonly worker: Worker;
  readonly question: KeychainQuestion;
  readonly id: number;
  readonly settle: (result: LineResult) => void;
}

/** A question past its deadline whose process may still answer. */
type Late = Pick<Open, 'worker' | 'question'>;

export class KeychainLine {
  readonly #parts: KeychainLineParts;
  #worker: Worker | null = null;
  #open: Open | null = null;
  #late: Late | null = null;
  #stopTimer: Stop = () => undefined;
  #lastId = 0;
  #disposed = false;

  constructor(parts: KeychainLineParts) {
    this.#parts = parts;
  }

  /**
   * One at a time: the caller waits for the answer before it asks again. While an earlier question is still
   * unanswered, this fails as silent at once.
   */
  async ask(question: KeychainQuestion): Promise<LineResult> {
    if (this.#late !== null) return fail({ kind: 'silent' });
    const proven = this.#worker?.proven === true;
    const first = await this.#askOnce(question);
    if (first.ok || first.error.kind === 'silent' || this.#disposed) return first;
    // keytar never finds a restarted service again; a new process does. Only reading is repeated after a refusal,
    // because writing to a locked keychain brings up one more prompt each time.
    const mayBeStale = proven && question.op === 'get';
    if (first.error.kind === 'refused' && !mayBeStale) return first;
    this.restart();
    return this.#askOnce(question);
  }

  /** The next question goes to a new process. */
  restart(): void {
    this.#stopTimer();
    this.#worker?.process.kill();
    this.#worker = null;
  }

  dispose(): void {
    this.#disposed = true;
    this.#open?.settle(fail({ kind: 'gone' }));
    this.#late?.worker.process.kill();
    this.#late = null;
    this.restart();
  }

  async #askOnce(question: KeychainQuestion): Promise<LineResult> {
    if (this.#disposed) return fail({ kind: 'gone' });
    this.#stopTimer();
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    return new Promise<LineResult>((resolve) => {
      const settle = (result: LineResult): void => {
        this.#open = null;
        this.#stopTimer();
        resolve(result);
      };
      this.#open = { worker, question, id, settle };
      this.#stopTimer = this.#parts.timers.after(this.#parts.deadlineMs, () => {
        settle(fail({ kind: 'silent' }));
        this.#waitLonger({ worker, question });
      });
      worker.process.send({ ...question, id });
    });
  }

  #start(): Worker {
    const worker: Worker = { process: this.#parts.spawn(), proven: false };
    worker.process.onMessage((message) => {
      this.#receive(worker, message);
    });
    worker.process.onEnd(() => {
      this.#ended(worker);
    });
    return worker;
  }

  #receive(worker: Worker, message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (!reply.success) {
      // Not our child's language: nothing it says can be trusted.
      worker.process.kill();
      return;
    }
    if (worker === this.#late?.worker) {
      this.#answeredLate(this.#late, reply.data);
      return;
    }
    if (this.#open?.worker !== worker || this.#open.id !== reply.data.id) return;
    const { settle } = this.#open;
    if (reply.data.ok) {
      worker.proven = true;
      settle(ok(reply.data.value));
    } else {
      settle(fail({ kind: 'refused', reason: reply.data.reason }));
    }
    this.#endWhenIdle();
  }

  #ended(worker: Worker): void {
    if (worker === this.#worker) this.#worker = null;
    if (worker === this.#open?.worker) this.#open.settle(fail({ kind: 'gone' }));
    if (worker === this.#late?.worker) {
      this.#stopWaiting();
      this.#parts.onLateAnswer(false);
    }
  }

  #waitLonger(late: Late): void {
    this.#late = late;
    this.#worker = null;
    this.#stopTimer = this.#parts.timers.after(this.#parts.patienceMs, () => {
      this.#stopWaiting();
      late.worker.process.kill();
    });
  }

  #answeredLate({ worker, question }: Late, reply: KeychainReply): void {
    this.#stopWaiting();
    if (reply.ok) {
      worker.proven = true;
      this.#worker = worker;
      this.#endWhenIdle();
    } else {
      worker.process.kill();
    }
    // Reading nothing proves nothing: a dismissed prompt looks the same.
    const works =
      reply.ok && (question.op === 'set' || typeof reply.value === 'string' || reply.value === true);
    this.#parts.onLateAnswer(works);
  }

  #stopWaiting(): void {
    this.#stopTimer();
    this.#late = null;
  }

  #endWhenIdle(): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.timers.after(this.#parts.idleMs, () => {
      this.restart();
    });
  }
}
