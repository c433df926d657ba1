/** Esc that nothing on the page had a use for: the owner is done with the window. */
import type { Bridge } from '../../electron/contract/api.ts';
import { runCommand } from './run-command.ts';

export class PutAway {
  readonly #ending = new AbortController();

  constructor(bridge: Bridge) {
    // Dialogs, menus and forms that use Esc themselves say so by preventing its default.
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || emptiesSearch(event))
          return;
        void runCommand(bridge, 'window.putAway', undefined);
      },
      { signal: this.#ending.signal },
    );
  }

  dispose(): void {
    this.#ending.abort();
  }
}

/** The browser's own use of Esc, after everybody on the page was asked. */
function emptiesSearch({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';
}
