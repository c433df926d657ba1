/** How the one window is made. */
import type { BrowserWindowConstructorOptions } from 'electron';

export const popoverSize = { width: 400, height: 600 };

export interface WindowMakings {
  readonly platform: NodeJS.Platform;
  /** Absolute path of the built preload. */
  readonly preloadFile: string;
  /** Development tools only where the app is not packaged. */
  readonly devTools: boolean;
}

/** On Linux nobody tells where the tray icon is, and focus rules differ too much to hide on blur. */
export function isPopover(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32';
}

export function windowOptions({
  platform,
  preloadFile,
  devTools,
}: WindowMakings): BrowserWindowConstructorOptions {
  const popover = isPopover(platform);
  return {
    ...popoverSize,
    minWidth: 320,
    minHeight: 360,
    show: false,
    title: 'Portcullis',
    frame: !popover,
    resizable: !popover,
    movable: !popover,
    skipTaskbar: popover,
    alwaysOnTop: popover,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    hiddenInMissionControl: popover,
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      // SECURITY: the page is treated as hostile: own process, own world, no Node, no webview, no dropped files.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools,
    },
  };
}
