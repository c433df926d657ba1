/** Everything `import … from 'electron'` gives the main process here, and `standIn`, which only tests know. */
import { EventEmitter } from 'node:events';
import { onlyOnceReady } from './acting.ts';
import { app } from './app.ts';
import { BrowserWindow, followTargets } from './browser-window.ts';
import { protocol } from './custom-schemes.ts';
import { followDownloads, saveDialogs } from './downloads.ts';
import { ipcMain } from './ipc-wire.ts';
import { Menu, pressKeys } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { desk } from './native-window.ts';
import {
  centre,
  dismissNotification,
  Notification,
  notifications,
  pressNotification,
} from './notification.ts';
import { note, recordedCalls } from './recorded.ts';
import { session } from './session.ts';
import { clickTrayMenu, Tray, trayMenuText, trays } from './tray.ts';
import { utilityProcess } from './utility-process.ts';

const display = {
  bounds: { x: 0, y: 0, width: 1280, height: 800 },
  workArea: { x: 0, y: 0, width: 1280, height: 800 },
  scaleFactor: 1,
};

function theDisplay(): typeof display {
  onlyOnceReady('screen');
  return display;
}

export const api = {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  powerMonitor: Object.assign(new EventEmitter(), { getSystemIdleState: () => 'active' }),
  protocol,
  screen: Object.assign(new EventEmitter(), {
    getPrimaryDisplay: theDisplay,
    getDisplayMatching: theDisplay,
    getDisplayNearestPoint: theDisplay,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  }),
  session,
  shell: {
    openExternal: (url: string) => {
      note('shell.openExternal', url);
      return Promise.resolve();
    },
  },
  Tray,
  utilityProcess,
  standIn: {
    calls: recordedCalls,
    desk,
    saveDialogs,
    trays,
    trayMenuText,
    clickTrayMenu,
    notifications,
    pressNotification,
    dismissNotification,
    centre,
    pressKeys,
  },
} as const;

export type StandIn = typeof api.standIn;

// Before the app hears of it: it may open windows at once.
app.prependOnceListener('ready', () => {
  followDownloads();
  followTargets().catch((error: unknown) => {
    console.error('electron-stand-in:', error);
  });
});
