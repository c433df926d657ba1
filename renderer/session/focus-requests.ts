/** Remembers which request the owner asked to see, until the list has it on screen. */
import type { Bridge } from '../../electron/contract/api.ts';
import { Listeners } from '../../electron/contract/listeners.ts';

export class FocusRequests {
  readonly #changed = new Listeners();
  readonly #stop: () => void;
  #wanted: string | null = null;

  constructor(bridge: Bridge) {
    this.#stop = bridge.on('request.focus', ({ key }) => {
      this.#wanted = key;
      this.#changed.emit();
    });
  }

  readonly subscribe = this.#changed.add;
  /** Key of the wanted request, or null. */
  readonly get = (): string | null => this.#wanted;

  done(): void {
    this.#wanted = null;
    this.#changed.emit();
  }

  dispose(): void {
    this.#stop();
  }
}
