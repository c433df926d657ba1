/**
 * Adds up the processor time of a step: the process it starts and everything below, also what outlives its parent.
 * It is read now and then, so it is a sample: what a process does between the last reading and its end counts once its
 * parent has waited for it, and is lost where nobody does (a killed browser's helpers). Owns no clock.
 */
import type { Processes, ProcessTimes } from './processes.ts';

interface Account {
  readonly started: number;
  parent: number;
  own: number;
  reaped: number;
  /** Counted for it so far: its own time, and that of short-lived children that were never seen. */
  counted: number;
  /** Counted for ended processes below it. */
  below: number;
  /** The part of `below` that its `reaped` has not shown yet. */
  credit: number;
}

export class CpuLedger {
  readonly #root: number;
  readonly #accounts = new Map<number, Account>();
  #ended = 0;

  /** @param root process id */
  constructor(root: number) {
    this.#root = root;
  }

  /** Processor seconds so far. */
  get seconds(): number {
    return [...this.#accounts.values()].reduce(
      (sum, { counted, below }) => sum + counted + below,
      this.#ended,
    );
  }

  update(processes: Processes): void {
    this.#close((pid, { started }) => processes.get(pid)?.started !== started);
    for (const [pid, times] of this.#members(processes)) this.#enter(pid, times);
  }

  /**
   * The step has ended.
   * @param reaped seconds by which the ended children of this process have grown through it
   */
  end(reaped: number): void {
    this.#close(() => true);
    this.#ended = Math.max(this.#ended, reaped);
  }

  /** Whoever hangs below the root or below a process that did, oldest first. */
  #members(processes: Processes): readonly [number, ProcessTimes][] {
    const belongs = (pid: number): boolean => {
      for (let at = pid; at > 1; at = processes.get(at)?.parent ?? 0)
        if (at === this.#root || this.#accounts.has(at)) return true;
      return false;
    };
    return [...processes].filter(([pid]) => belongs(pid));
  }

  #enter(pid: number, { parent, started, own, reaped }: ProcessTimes): void {
    const blank = { started, parent, own: 0, reaped: 0, counted: 0, below: 0, credit: 0 };
    const account = this.#accounts.get(pid) ?? blank;
    this.#accounts.set(pid, account);
    const newlyReaped = reaped - account.reaped;
    account.counted += own - account.own + Math.max(0, newlyReaped - account.credit);
    account.credit = Math.max(0, account.credit - newlyReaped);
    Object.assign(account, { parent, own, reaped });
  }

  /** Hands what was counted for ended processes to the nearest living one above. */
  #close(hasEnded: (pid: number, account: Account) => boolean): void {
    const ended = [...this.#accounts].filter(([pid, account]) => hasEnded(pid, account));
    const gone = new Map(ended);
    for (const [pid] of ended) this.#accounts.delete(pid);
    for (const [, { parent, counted, below }] of ended) {
      let above = parent;
      for (let at = gone.get(above); at !== undefined; at = gone.get(above)) above = at.parent;
      const account = this.#accounts.get(above);
      if (account === undefined) {
        this.#ended += counted + below;
        continue;
      }
      account.below += counted + below;
      account.credit += counted + below;
    }
  }
}
