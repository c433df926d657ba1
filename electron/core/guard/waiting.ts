/**
 * Waits until something is so: looks at once when told that it may be, else on a beat, and gives up at a deadline, which
 * starts over as long as the reason to wait is known.
 */
import type { Timers } from '../ports.ts';

/** A gateway that has to restart for a change takes up to half a minute; running agent turns may hold it up. */
export const takeoverDeadlineMs = 90_000;
export const takeoverBeatMs = 1_500;

export class Waiting {
  readonly #timers: Timers;
  readonly #isHeldUp: () => boolean;
  #wake: (() => void) | null = null;
  #nudged = false;
  #stopped = false;

  constructor(timers: Timers, isHeldUp: () => boolean = () => false) {
    this.#timers = timers;
    this.#isHeldUp = isHeldUp;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  nudge(): void {
    this.#nudged = true;
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.nudge();
  }

  /** @returns false at the deadline, or when it was stopped */
  async until(isSo: () => Promise<boolean>): Promise<boolean> {
    let late = false;
    let stopDeadline = (): void => undefined;
    const startDeadline = (): void => {
      stopDeadline = this.#timers.after(takeoverDeadlineMs, () => {
        if (this.#isHeldUp()) {
          startDeadline();
          return;
        }
        late = true;
        this.nudge();
      });
    };
    startDeadline();
    const isOver = (): boolean => late || this.#stopped;
    try {
      while (!isOver()) {
        this.#nudged = false;
        if (await isSo()) return true;
        await this.#pause();
      }
      return false;
    } finally {
      stopDeadline();
    }
  }

  async #pause(): Promise<void> {
    if (this.#nudged) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stopBeat = this.#timers.after(takeoverBeatMs, () => {
      resolve(undefined);
    });
    this.#wake = () => {
      resolve(undefined);
    };
    await promise;
    stopBeat();
    this.#wake = null;
  }
}
