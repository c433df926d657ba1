/** Every call from the window comes through here, and every push to it leaves from here. */
import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { channelOf, commandNames } from '../../contract/api.ts';
import type { PushName, PushPayload } from '../../contract/api.ts';
import { dispatch } from '../../contract/dispatch.ts';
import { appError, fail } from '../../contract/result.ts';
import type { ServedApp } from '../../contract/served-app.ts';
import type { AppSnapshot } from '../../contract/snapshot.ts';
import type { Logger, Stop } from '../../core/ports.ts';
import type { FocusRelay } from '../node/serve/focus-relay.ts';
import { LatestOnly } from '../node/serve/latest-only.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** The window, as far as this file needs it. */
export interface IpcWindow {
  /** Null while there is none. */
  webContents(): Pick<WebContents, 'id' | 'send'> | null;
  /** The page has loaded (again) and listens. */
  onReady(listener: () => void): Stop;
}

export interface IpcServerOptions {
  readonly app: ServedApp;
  readonly window: IpcWindow;
  readonly focus: FocusRelay;
  readonly logger: Logger;
}

/** @returns ends it: no channel answers any more */
export function serveIpc({ app, window, focus, logger }: IpcServerOptions): Stop {
  for (const name of commandNames) {
    ipcMain.handle(channelOf(name), (event: IpcMainInvokeEvent, input: unknown) => {
      if (!isTrustedSender(senderOf(event), window.webContents()?.id ?? null)) {
        logger.log('warn', 'ipc.forbidden-sender', { command: name });
        return fail(appError('forbidden-sender', 'Only the Portcullis window can do this.'));
      }
      return dispatch(app.handlers, name, input, (command, error) => {
        logger.log('error', 'command.threw', { command, error });
      });
    });
  }

  function push<K extends PushName>(name: K, payload: PushPayload<K>): void {
    window.webContents()?.send(channelOf(name), payload);
  }
  const snapshots = new LatestOnly<AppSnapshot>((snapshot) => {
    push('snapshot.changed', snapshot);
    return Promise.resolve();
  });
  let detachFocus: Stop = () => undefined;
  const stops = [
    app.onSnapshot((snapshot) => {
      snapshots.offer(snapshot);
    }),
    app.onFocus((key) => {
      focus.deliver(key);
    }),
    window.onReady(() => {
      snapshots.offer(app.snapshot());
      detachFocus();
      detachFocus = focus.attach((key) => {
        push('request.focus', { key });
      });
    }),
  ];
  return () => {
    for (const stop of [...stops, detachFocus]) stop();
    snapshots.dispose();
    for (const name of commandNames) ipcMain.removeHandler(channelOf(name));
  };
}

function senderOf(event: IpcMainInvokeEvent): Parameters<typeof isTrustedSender>[0] {
  const frame = event.senderFrame;
  return {
    webContentsId: event.sender.id,
    frame: frame === null ? null : { url: frame.url, isMainFrame: frame.parent === null },
  };
}
