/**
 * `will-download` of the default session. Electron asks before anything is written; here a refused download has begun
 * and is cancelled, a small one too late: the decision is recorded. Instead of asking the owner where to, it goes where Chromium was told: Playwright reads it there.
 */
import { browser } from './chromium.ts';
import { toOwn } from './custom-schemes.ts';
import { preventable } from './preventable.ts';
import { note } from './recorded.ts';
import { session } from './session.ts';

interface Beginning {
  readonly guid: string;
  readonly url: string;
  readonly suggestedFilename: string;
}

const mimeTypes: ReadonlyMap<string, string> = new Map([['json', 'application/json']]);

/** Call once the browser is there. */
export function followDownloads(): void {
  const cdp = browser();
  cdp.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }: Beginning) => {
    const event = preventable();
    const extension = suggestedFilename.split('.').at(-1) ?? '';
    session.defaultSession.emit('will-download', event, {
      getURL: () => toOwn(url),
      getFilename: () => suggestedFilename,
      // The protocol does not tell; the name has to do.
      getMimeType: () => mimeTypes.get(extension) ?? 'application/octet-stream',
    });
    note('session.will-download', suggestedFilename, event.defaultPrevented ? 'refused' : 'saved');
    if (event.defaultPrevented) void cdp.send('Browser.cancelDownload', { guid });
  });
}
