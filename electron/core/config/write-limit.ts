/**
 * How often the gateway's config may be written. The gateway counts its own config methods only, 30 a minute per method
 * and device (docs/GATEWAY-PROTOCOL.md#config); a file edit is free there but restarts channels, so the same bound
 * holds for ours.
 */
import type { Clock } from '../ports.ts';

export const writesPerMinute = 30;
const minuteMs = 60_000;

export class WriteLimit {
  readonly #clock: Clock;
  #written: readonly number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether so many more writes fit now. */
  allows(writes: number): boolean {
    const now = this.#clock.now();
    // A clock that was set back must not lock the owner out.
    this.#written = this.#written.filter((at) => at <= now && now - at < minuteMs);
    return this.#written.length + writes <= writesPerMinute;
  }

  count(): void {
    this.#written = [...this.#written, this.#clock.now()];
  }
}
