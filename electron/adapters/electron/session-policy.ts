/** What a page may do beyond showing itself: nothing. Applies to every page the app could ever create. */
import { app } from 'electron';
import type { DownloadItem, Session, WebContents } from 'electron';
import type { Logger, Stop } from '../../core/ports.ts';
import { isAppBlob, isAppUrl } from './app-origin.ts';

/** What our own window writes for the owner to keep: settings. */
const writtenTypes: readonly string[] = ['application/json'];

/** Copying plain text on a click; never reading what others copied. */
const copying = 'clipboard-sanitized-write';

export interface SessionRules {
  readonly logger: Logger;
  /** Electron asks the owner where to save. @returns called when that is over, saved or not */
  readonly onSaving: () => Stop;
}

/**
 * SECURITY: no permission but to copy, no device, no request to anywhere but our own files, and nothing is saved but
 * what our own window made, where the owner says: without a path of ours Electron asks. The app's own connections
 * (gateway, update check) do not go through this session.
 */
export function lockSession(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'webRequest'
    | 'on'
  >,
  { logger, onSaving }: SessionRules,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    const granted = permission === copying;
    if (!granted) logger.log('warn', 'window.permission-refused', { permission });
    answer(granted);
  });
  session.setPermissionCheckHandler((_contents, permission) => permission === copying);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isAllowedRequest(details.url);
    if (!allowed) logger.log('warn', 'window.request-refused', { resourceType: details.resourceType });
    answer({ cancel: !allowed });
  });
  session.on('will-download', (event, item) => {
    if (isWrittenByWindow(item)) {
      item.once('done', onSaving());
      return;
    }
    event.preventDefault();
    logger.log('warn', 'window.download-refused', { mimeType: item.getMimeType() });
  });
}

function isWrittenByWindow(item: Pick<DownloadItem, 'getURL' | 'getMimeType'>): boolean {
  return isAppBlob(item.getURL()) && writtenTypes.includes(item.getMimeType());
}

/** `devtools:` is Electron's own tool window, which packaged apps do not open. */
export function isAllowedRequest(url: string): boolean {
  return isAppUrl(url) || url.startsWith('devtools://');
}

/** SECURITY: no page leaves our origin, opens a window or embeds another page, however it was created. */
export function lockAllContents(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, logger);
  });
}

function lockContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, logger: Logger): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    logger.log('warn', 'window.navigation-refused', { what });
  };
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) refuse('navigate')(event);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) refuse('frame')(event);
  });
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(() => {
    logger.log('warn', 'window.navigation-refused', { what: 'new-window' });
    return { action: 'deny' };
  });
}
