/** The owner looks at the window: has the app ask the gateway for what it does not announce by itself. */
import type { Bridge } from '../../electron/contract/api.ts';
import { runCommand } from './run-command.ts';

export class LookAgain {
  readonly #bridge: Bridge;
  /** Focus and visibility mostly come together; one look is enough for both. */
  #asking = false;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    window.addEventListener('focus', this.#looked);
    document.addEventListener('visibilitychange', this.#looked);
  }

  dispose(): void {
    window.removeEventListener('focus', this.#looked);
    document.removeEventListener('visibilitychange', this.#looked);
  }

  readonly #looked = (): void => {
    if (document.visibilityState === 'visible' && !this.#asking) void this.#ask();
  };

  async #ask(): Promise<void> {
    this.#asking = true;
    // Nothing to tell when it fails: the banner shows a lost connection, and the app looks on its own beat as well.
    await runCommand(this.#bridge, 'requests.refresh', undefined);
    this.#asking = false;
  }
}
