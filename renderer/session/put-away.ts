/** Esc that nothing on the page had a use for: the owner is done with the window. */
import type { Bridge } from '../../electron/contract/api.ts';
import { runCommand } from './run-command.ts';

export class PutAway {
  readonly #ending = new AbortController();

  constructor(bridge: Bridge) {
    // Dialogs, menus and fields that use Esc themselves say so by preventing its default.
    window.addEventListener(
      'keydown',
      ({ key, defaultPrevented, isComposing }) => {
        if (key === 'Escape' && !defaultPrevented && !isComposing)
          void runCommand(bridge, 'window.putAway', undefined);
      },
      { signal: this.#ending.signal },
    );
  }

  dispose(): void {
    this.#ending.abort();
  }
}
