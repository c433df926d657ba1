/**
 * Translates the gateway's clock to ours, for countdowns. The gateway stamps events with its own time; the smallest
 * difference seen on this connection is the best estimate, because delay on the way only makes it larger.
 */
import type { Clock } from '../ports.ts';

/** Below this the clocks count as equal (same machine, or ordinary network delay). */
const toleratedMs = 2_000;

export class GatewayClock {
  readonly #clock: Clock;
  #smallest: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param gatewayMs the time an event that just arrived was stamped with, epoch ms */
  observe(gatewayMs: number): void {
    const difference = this.#clock.now() - gatewayMs;
    if (this.#smallest === null || difference < this.#smallest) this.#smallest = difference;
  }

  /** Our own clock, for news that carries no time. */
  now(): number {
    return this.#clock.now();
  }

  /** Epoch ms by the gateway → epoch ms by our clock. Without an observation both clocks count as equal. */
  toOurs(gatewayMs: number): number {
    const difference = this.#smallest ?? 0;
    return Math.abs(difference) < toleratedMs ? gatewayMs : gatewayMs + difference;
  }

  /** For a new connection: either clock may have been set right meanwhile. */
  reset(): void {
    this.#smallest = null;
  }
}
