/** The one window: a popover at the tray icon on macOS and Windows, an ordinary small window on Linux. */
import { app, BrowserWindow, screen } from 'electron';
import type { Rectangle, WebContents } from 'electron';
import { Listeners } from '../../contract/listeners.ts';
import type { Stop } from '../../contract/listeners.ts';
import type { Logger, WindowHost } from '../../core/ports.ts';
import { appPage } from './app-origin.ts';
import type { IpcWindow } from './ipc-server.ts';
import { placePopover } from './place-popover.ts';
import { isPopover, popoverSize, windowOptions, type WindowMakings } from './popover-options.ts';

const nowhere = { x: 0, y: 0, width: 0, height: 0 };

/** Between losing the focus to a click on the tray icon and hearing of that click. */
const sameClickMs = 300;

/** Windows can take the focus from a window that just came up, for a moment or for good, without anybody's doing. */
const settlingMs = 400;

export interface PopoverWindowOptions extends WindowMakings {
  /** Wayland lets no window raise itself while it shows. */
  readonly wayland: boolean;
  readonly trayBounds: () => Rectangle | null;
  readonly now: () => number;
  readonly logger: Logger;
}

export class PopoverWindow implements WindowHost, IpcWindow {
  readonly #options: PopoverWindowOptions;
  readonly #popover: boolean;
  readonly #ready = new Listeners();
  readonly onReady = this.#ready.add;
  readonly #opened = new Listeners();
  /** The owner has it before them. */
  readonly onOpened = this.#opened.add;
  readonly #onScreens = (): void => {
    if (this.#popover && this.#window?.isVisible() === true) this.#place(this.#window);
  };
  #window: BrowserWindow | null = null;
  #shownAt = -Infinity;
  #hiddenAt = -Infinity;
  #protected = false;
  /** Dialogs of the system in front of it: hidden now, it would take them along. */
  #dialogs = 0;
  #disposed = false;

  constructor(options: PopoverWindowOptions) {
    this.#options = options;
    this.#popover = isPopover(options.platform);
    this.#window = this.#create();
    screen.on('display-metrics-changed', this.#onScreens);
  }

  /** The request itself is brought into view by the `request.focus` push. */
  open(): void {
    const window = this.#living();
    if (window.isVisible()) {
      if (this.#options.wayland && !window.isFocused()) {
        window.hide();
        window.show();
      }
    } else {
      this.#place(window);
      this.#followSpaces(window);
      this.#shownAt = this.#options.now();
      window.show();
    }
    window.focus();
    this.#opened.emit();
  }

  /** Windows; macOS up to 14, later ones take no notice; nothing on Linux. Holds for a window made anew, too. */
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
    if (!this.#popover) return false;
    if (this.#window?.isVisible() === true) {
      this.putAway();
      return true;
    }
    return this.#options.now() - this.#hiddenAt <= sameClickMs;
  }

  /** The owner is done with it. An ordinary window stays; so does one with a dialog before it, which gets the focus. */
  putAway(): void {
    const window = this.#window;
    if (!this.#popover || window?.isVisible() !== true) return;
    if (this.#dialogs > 0) {
      window.focus();
      return;
    }
    window.hide();
    // The app they came from does not get its focus back by itself.
    if (this.#options.platform === 'darwin') app.hide();
  }

  /** A dialog of the system opens in front of the window. @returns call it when the dialog has ended */
  dialogOpens(): Stop {
    let open = true;
    this.#dialogs += 1;
    return () => {
      if (!open) return;
      open = false;
      this.#dialogs -= 1;
      if (this.#disposed || this.#dialogs > 0) return;
      this.#window?.focus();
    };
  }

  webContents(): WebContents | null {
    return this.#window === null || this.#window.isDestroyed() ? null : this.#window.webContents;
  }

  get visible(): boolean {
    return this.#window?.isVisible() === true;
  }

  /** Lets the window close for good; until then closing only hides it. */
  dispose(): void {
    this.#disposed = true;
    screen.off('display-metrics-changed', this.#onScreens);
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
    // Above the Start menu and the overflow of the notification area, where the click may have come from.
    if (this.#options.platform === 'win32') window.setAlwaysOnTop(true, 'pop-up-menu');
    this.#followSpaces(window);
    window.on('close', (event) => {
      if (this.#disposed) return;
      event.preventDefault();
      window.hide();
    });
    window.on('hide', () => {
      this.#hiddenAt = this.#options.now();
    });
    if (this.#popover) {
      window.on('blur', () => {
        if (this.#dialogs === 0 && !this.#isSettling()) window.hide();
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

  #isSettling(): boolean {
    return this.#options.platform === 'win32' && this.#options.now() - this.#shownAt < settlingMs;
  }

  /** Else macOS keeps it in the Space that showed it first, and behind other apps' full screen. */
  #followSpaces(window: BrowserWindow): void {
    if (this.#options.platform !== 'darwin') return;
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  }

  /** The size is given each time: Windows lets it drift between monitors of different scale. */
  #place(window: BrowserWindow): void {
    const tray = this.#options.trayBounds() ?? nowhere;
    const known = tray.width > 0 && tray.height > 0;
    const display = known
      ? screen.getDisplayMatching(tray)
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const size = this.#popover ? popoverSize : sizeOf(window);
    const { x, y } = placePopover(tray, display.workArea, size);
    window.setBounds({ x, y, ...size });
  }
}

/** As the owner left it. */
function sizeOf(window: BrowserWindow): { readonly width: number; readonly height: number } {
  const { width, height } = window.getBounds();
  return { width, height };
}
