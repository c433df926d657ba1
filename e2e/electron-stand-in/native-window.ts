/**
 * A window as the desktop treats it: focus, blur, dialogs in front of it, desktops (Spaces on macOS), with what Windows,
 * macOS and Wayland are known to do differently. The page in it is browser-window.ts' business.
 */
import { EventEmitter } from 'node:events';
import { acting, onlyOnceReady } from './acting.ts';
import { preventable } from './preventable.ts';
import { note } from './recorded.ts';

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: { readonly preload?: string };
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * `blur-after-show`: Windows takes the focus away and gives it back just after a window came up. `no-blur`: opened over the
 * Start menu (Windows) or beside another menu extra (macOS), it is never told that it lost the focus. `wayland`: it can be
 * neither placed nor raised while it shows.
 */
export type Quirk = 'blur-after-show' | 'no-blur' | 'wayland';

/** The one desktop all windows are on. */
export const desk: {
  focused: NativeWindow | null;
  /** The Space the owner is in; `full-screen` is another app's. */
  space: string;
  readonly quirks: Set<Quirk>;
} = { focused: null, space: 'first', quirks: new Set() };

/** A save dialog. */
export interface Dialog {
  readonly isOpen: () => boolean;
  save(): void;
}

export class NativeWindow extends EventEmitter {
  readonly options: WindowOptions;
  #bounds: Bounds;
  #visible: boolean;
  #destroyed = false;
  #level: string | null = null;
  /** The Space that showed it first owns it. */
  #space: string | null = null;
  #everywhere: { readonly overFullScreen: boolean } | null = null;
  #dialog: { open: boolean; readonly ended: (saved: boolean) => void } | null = null;
  /** What its page believes: a window made with `show: false` counts as visible from the start. */
  pageVisibility: 'visible' | 'hidden' = 'visible';

  constructor(options: WindowOptions = {}) {
    super();
    onlyOnceReady('BrowserWindow');
    this.options = options;
    this.#visible = options.show !== false;
    this.#bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
  }

  isVisible = (): boolean => this.#visible;
  isFocused = (): boolean => desk.focused === this;
  isDestroyed = (): boolean => this.#destroyed;
  isAlwaysOnTop = (): boolean => this.#level !== null;
  getTitle = (): string => this.options.title ?? '';
  getBounds = (): Bounds => ({ ...this.#bounds });
  setContentProtection = (on: boolean): void => {
    note('BrowserWindow.setContentProtection', on);
  };
  setAlwaysOnTop = (on: boolean, level = 'floating'): void => {
    this.#level = on ? level : null;
  };
  setVisibleOnAllWorkspaces = (on: boolean, options: { visibleOnFullScreen?: boolean } = {}): void => {
    this.#everywhere = on ? { overFullScreen: options.visibleOnFullScreen === true } : null;
  };

  /** Whether the owner has it before their eyes; on macOS a window stays in the Space that showed it first. */
  isSeen(): boolean {
    if (!this.#visible || acting.platform !== 'darwin') return this.#visible;
    if (this.#everywhere === null) return this.#space === desk.space;
    return desk.space !== 'full-screen' || this.#everywhere.overFullScreen;
  }

  show(): void {
    this.#visible = true;
    this.#space ??= desk.space;
    this.#pageBecomes('visible');
    this.emit('show', {});
    this.#takeFocus();
    if (desk.quirks.has('blur-after-show')) this.emit('blur', {});
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    // The system's own sheet goes with the window it hangs on.
    if (acting.platform === 'darwin') this.#endDialog(false);
    this.loseFocus();
    this.#pageBecomes('hidden');
    this.emit('hide', {});
  }

  /** A window that does not show takes no focus, and Wayland lets none raise itself. */
  focus(): void {
    if (this.#visible && !desk.quirks.has('wayland')) this.#takeFocus();
  }

  blur = (): void => {
    this.loseFocus();
  };

  /** The owner turns to something else. */
  loseFocus(): void {
    if (desk.focused !== this) return;
    desk.focused = null;
    if (!desk.quirks.has('no-blur')) this.emit('blur', {});
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  setBounds(bounds: Partial<Bounds>): void {
    if (desk.quirks.has('wayland')) return;
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('moved', {});
  }

  /**
   * Electron asks where to save, with this window as the parent: a window of its own that takes the focus, on macOS a
   * sheet that does not, and that ends when its window is hidden.
   */
  openSaveDialog(ended: (saved: boolean) => void): Dialog {
    const dialog = { open: true, ended };
    this.#dialog = dialog;
    if (acting.platform !== 'darwin') this.loseFocus();
    return {
      isOpen: () => dialog.open,
      save: () => {
        this.#endDialog(true);
      },
    };
  }

  close(): void {
    if (this.#destroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    this.gone();
  }

  /** @returns false when it was gone already */
  gone(): boolean {
    if (this.#destroyed) return false;
    this.#destroyed = true;
    this.#visible = false;
    if (desk.focused === this) desk.focused = null;
    this.emit('closed', {});
    return true;
  }

  /** Told only when it changes, as a page is. */
  #pageBecomes(visibility: 'visible' | 'hidden'): void {
    if (this.pageVisibility === visibility) return;
    this.pageVisibility = visibility;
    this.emit('stand-in:visibilitychange', visibility);
  }

  #takeFocus(): void {
    if (desk.focused === this) return;
    desk.focused?.loseFocus();
    desk.focused = this;
    this.emit('focus', {});
  }

  #endDialog(saved: boolean): void {
    const dialog = this.#dialog;
    this.#dialog = null;
    if (dialog === null) return;
    dialog.open = false;
    dialog.ended(saved);
  }
}
