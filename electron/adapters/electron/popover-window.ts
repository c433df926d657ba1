/** The one window: a popover at the tray icon on macOS and Windows, an ordinary small window on Linux. */
import { BrowserWindow, screen } from 'electron';
import type { BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron';
import { Listeners } from '../../contract/listeners.ts';
import type { Logger, WindowHost } from '../../core/ports.ts';
import { appPage } from './app-origin.ts';
import type { IpcWindow } from './ipc-server.ts';
import { placePopover } from './place-popover.ts';

const size = { width: 400, height: 600 };
const nowhere = { x: 0, y: 0, width: 0, height: 0 };

/** Between losing the focus to a click on the tray icon and hearing of that click. */
const sameClickMs = 300;

export interface PopoverWindowOptions {
  readonly platform: NodeJS.Platform;
  /** Absolute path of the built preload. */
  readonly preloadFile: string;
  /** Development tools only where the app is not packaged. */
  readonly devTools: boolean;
  readonly trayBounds: () => Rectangle | null;
  readonly now: () => number;
  readonly logger: Logger;
}

export class PopoverWindow implements WindowHost, IpcWindow {
  readonly #options: PopoverWindowOptions;
  readonly #ready = new Listeners();
  readonly onReady = this.#ready.add;
  #window: BrowserWindow | null = null;
  #hiddenAt = -Infinity;
  #protected = false;
  #disposed = false;

  constructor(options: PopoverWindowOptions) {
    this.#options = options;
    this.#window = this.#create();
  }

  /** The request itself is brought into view by the `request.focus` push. */
  open(): void {
    const window = this.#living();
    if (window.isVisible()) {
      window.focus();
      return;
    }
    this.#place(window);
    window.show();
    window.focus();
  }

  /** macOS and Windows; Electron does nothing on Linux. Holds for a window made anew, too. */
  protectContent(on: boolean): void {
    this.#protected = on;
    if (this.#window?.isDestroyed() === false) this.#window.setContentProtection(on);
  }

  /**
   * A click on the tray icon puts an open popover away, whether it still shows or lost its focus to that very click.
   *
   * @returns false when there was nothing to put away: the click means "open"
   */
  putAwayByClick(): boolean {
    if (!isPopover(this.#options.platform)) return false;
    if (this.#window?.isVisible() === true) {
      this.#window.hide();
      return true;
    }
    return this.#options.now() - this.#hiddenAt <= sameClickMs;
  }

  webContents(): WebContents | null {
    return this.#window === null || this.#window.isDestroyed() ? null : this.#window.webContents;
  }

  /** Lets the window close for good; until then closing only hides it. */
  dispose(): void {
    this.#disposed = true;
    this.#window?.destroy();
    this.#window = null;
  }

  #living(): BrowserWindow {
    if (this.#window === null || this.#window.isDestroyed()) this.#window = this.#create();
    return this.#window;
  }

  #create(): BrowserWindow {
    const window = new BrowserWindow(windowOptions(this.#options));
    if (this.#protected) window.setContentProtection(true);
    window.on('close', (event) => {
      if (this.#disposed) return;
      event.preventDefault();
      window.hide();
    });
    window.on('hide', () => {
      this.#hiddenAt = this.#options.now();
    });
    if (isPopover(this.#options.platform)) {
      window.on('blur', () => {
        window.hide();
      });
    }
    window.webContents.on('did-finish-load', () => {
      this.#ready.emit();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#options.logger.log('error', 'window.gone', { reason });
      if (this.#disposed) return;
      // A fresh one on the next open; a page that crashes at once is not restarted in a loop.
      window.destroy();
      if (this.#window === window) this.#window = null;
    });
    window.loadURL(appPage).catch((error: unknown) => {
      if (!this.#disposed) this.#options.logger.log('error', 'window.not-loaded', { error });
    });
    return window;
  }

  #place(window: BrowserWindow): void {
    const tray = this.#options.trayBounds() ?? nowhere;
    const known = tray.width > 0 && tray.height > 0;
    const display = known
      ? screen.getDisplayMatching(tray)
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const { width, height } = window.getBounds();
    const { x, y } = placePopover(tray, display.workArea, { width, height });
    window.setPosition(x, y, false);
  }
}

/** On Linux nobody tells where the tray icon is, and focus rules differ too much to hide on blur. */
function isPopover(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32';
}

export function windowOptions({
  platform,
  preloadFile,
  devTools,
}: Pick<PopoverWindowOptions, 'platform' | 'preloadFile' | 'devTools'>): BrowserWindowConstructorOptions {
  const popover = isPopover(platform);
  return {
    ...size,
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
