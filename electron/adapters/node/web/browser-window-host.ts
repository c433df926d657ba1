/** Port WindowHost for the browser host: every "open" is a fresh invitation in the owner's browser. */
import type { WindowHost } from '../../../core/ports.ts';
import { openInBrowser } from './open-in-browser.ts';

interface Inviter {
  invite(onRedeemed?: () => void): string;
}

export interface BrowserWindowHostOptions {
  readonly inviter: Inviter;
  /** Shows the owner an address to open by hand; it works once. */
  readonly print: (url: string) => void;
  /** There is a terminal somebody reads: print even though a browser was asked to open. */
  readonly alwaysPrint: boolean;
}

/**
 * A page cannot raise its own tab, so opening always means a new one. The request to bring into view reaches it through
 * `request.focus` once it is there.
 */
export function createBrowserWindowHost({
  inviter,
  print,
  alwaysPrint,
}: BrowserWindowHostOptions): WindowHost {
  return {
    // A browser offers no such thing; the page blurs a secret while nobody looks at it.
    protectContent: () => undefined,
    // A tab is the owner's.
    putAway: () => undefined,
    open() {
      if (alwaysPrint) print(inviter.invite());
      // Redeeming happens long after this line: the file is in place by then.
      let discard = (): void => undefined;
      const url = inviter.invite(() => {
        discard();
      });
      discard = openInBrowser(url, () => {
        if (!alwaysPrint) print(inviter.invite());
      });
    },
  };
}
