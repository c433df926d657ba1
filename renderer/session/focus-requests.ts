/** Remembers which request the owner asked to see, until the list has it on screen. */
import type { Bridge } from '../../electron/contract/api.ts';
import { Listeners } from '../bridge/listeners.ts';

export class FocusRequests {
  readonly #changed = new Listeners();
  readonly #stop: () => void;
  #wanted: string | null = null;

  constructor(bridge: Bridge) {
    this.#stop = bridge.on('request.focus', ({ key }) => {
      this.#wanted = key;
      this.#changed.tell();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  /** Key of the wanted request, or null. */
  readonly get = (): string | null => this.#wanted;

  done(): void {
    this.#wanted = null;
    this.#changed.tell();
  }

  dispose(): void {
    this.#stop();
  }
}
