/**
 * `will-download` of the default session. Electron asks before anything is written; here a refused download has begun
 * and is cancelled, a small one too late: the decision is recorded. The dialog that asks where to stands before the window
 * until a test answers it; the file itself goes where Chromium was told, and Playwright reads it there.
 */
import { EventEmitter } from 'node:events';
import { BrowserWindow } from './browser-window.ts';
import { browser } from './chromium.ts';
import { toOwn } from './custom-schemes.ts';
import { preventable } from './preventable.ts';
import type { Dialog } from './native-window.ts';
import { note } from './recorded.ts';
import { session } from './session.ts';

interface Beginning {
  readonly guid: string;
  readonly url: string;
  readonly suggestedFilename: string;
}

/** Asked where to save, oldest first. */
export const saveDialogs: Dialog[] = [];

const mimeTypes: ReadonlyMap<string, string> = new Map([['json', 'application/json']]);

/** Call once the browser is there. */
export function followDownloads(): void {
  const cdp = browser();
  cdp.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }: Beginning) => {
    const event = preventable();
    const extension = suggestedFilename.split('.').at(-1) ?? '';
    const item = Object.assign(new EventEmitter(), {
      getURL: () => toOwn(url),
      getFilename: () => suggestedFilename,
      // The protocol does not tell; the name has to do.
      getMimeType: () => mimeTypes.get(extension) ?? 'application/octet-stream',
    });
    session.defaultSession.emit('will-download', event, item);
    note('session.will-download', suggestedFilename, event.defaultPrevented ? 'refused' : 'saved');
    if (event.defaultPrevented) {
      void cdp.send('Browser.cancelDownload', { guid });
      return;
    }
    const [window] = BrowserWindow.getAllWindows();
    const dialog = window?.openSaveDialog((saved) => {
      item.emit('done', {}, saved ? 'completed' : 'cancelled');
    });
    if (dialog !== undefined) saveDialogs.push(dialog);
  });
}
