/** Remembers what the owner asked to see from outside the window, until it is on screen. */
import type { Bridge } from '../../electron/contract/api.ts';
import { Listeners } from '../../electron/contract/listeners.ts';

export interface Wanted {
  /** Null: the page of all requests, from its top. */
  readonly key: string | null;
}

export class FocusRequests {
  readonly #changed = new Listeners();
  readonly #stop: () => void;
  #wanted: Wanted | null = null;

  constructor(bridge: Bridge) {
    this.#stop = bridge.on('request.focus', ({ key }) => {
      this.#wanted = { key };
      this.#changed.emit();
    });
  }

  readonly subscribe = this.#changed.add;
  /** Null: nothing is asked for. */
  readonly get = (): Wanted | null => this.#wanted;

  done(): void {
    this.#wanted = null;
    this.#changed.emit();
  }

  dispose(): void {
    this.#stop();
  }
}
