/** Is this IPC message from our own page? Pure, so that every way it could not be is a line in a table test. */
import { isAppUrl } from './app-origin.ts';

export interface Sender {
  readonly webContentsId: number;
  /** Null when the frame was gone before the message was looked at. */
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null;
}

/** SECURITY: our window, its main frame, our page. A sub-frame, a second window or a navigated page is nobody. */
export function isTrustedSender(sender: Sender, ownWebContentsId: number | null): boolean {
  if (ownWebContentsId === null || sender.webContentsId !== ownWebContentsId || sender.frame === null)
    return false;
  return sender.frame.isMainFrame && isAppUrl(sender.frame.url);
}
