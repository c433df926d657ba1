/** Chat contacts are not announced by the gateway: when the owner turns to this window, the app asks for them at once. */
import type { Bridge } from '../../electron/contract/api.ts';
import { runCommand } from './run-command.ts';

export class LookAgain {
  readonly #stop: () => void;

  constructor(bridge: Bridge) {
    const look = (): void => {
      if (document.visibilityState === 'visible') void runCommand(bridge, 'requests.refresh', undefined);
    };
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    this.#stop = () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }

  dispose(): void {
    this.#stop();
  }
}
