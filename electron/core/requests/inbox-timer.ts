/** Wakes the inbox when something in it changes by itself: a request expires, Approve arms, an answer is overdue. */
import type { Clock, Stop, Timers } from '../ports.ts';
import type { InboxDelta } from './delta.ts';
import type { Inbox } from './inbox.ts';

/** A computer that slept or a clock that was set is noticed after this long. */
const longestSleepMs = 60_000;

export interface InboxTimerParts {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onDelta: (delta: InboxDelta) => void;
}

export class InboxTimer {
  readonly #parts: InboxTimerParts;
  #armed: { readonly at: number; readonly stop: Stop } | null = null;

  constructor(parts: InboxTimerParts) {
    this.#parts = parts;
  }

  /** To be called after every change of the inbox. */
  rearm(): void {
    const { inbox, clock, timers } = this.#parts;
    const at = inbox.nextWake();
    if (at === this.#armed?.at) return;
    this.stop();
    if (at === null) return;
    const delayMs = Math.min(Math.max(0, at - clock.now()), longestSleepMs);
    const stop = timers.after(delayMs, () => {
      this.#armed = null;
      this.#parts.onDelta(inbox.expire());
    });
    this.#armed = { at, stop };
  }

  stop(): void {
    this.#armed?.stop();
    this.#armed = null;
  }
}
