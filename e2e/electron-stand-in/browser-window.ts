/** Electron's `BrowserWindow`: visibility and bounds are only remembered, the page behind it is real. */
import { EventEmitter } from 'node:events';
import { app, openWindows } from './app.ts';
import { browser } from './chromium.ts';
import { preventable } from './preventable.ts';
import { note } from './recorded.ts';
import { WebContents } from './web-contents.ts';

interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: { readonly preload?: string };
}

const living = new Map<number, BrowserWindow>();
let lastId = 0;

export class BrowserWindow extends EventEmitter {
  readonly id = (lastId += 1);
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  readonly #bounds: { x: number; y: number; readonly width: number; readonly height: number };
  #visible: boolean;
  #destroyed = false;

  constructor(options: WindowOptions = {}) {
    super();
    this.options = options;
    this.#visible = options.show !== false;
    this.#bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
    const { width, height } = this.#bounds;
    this.webContents = new WebContents(this.id, { width, height, preload: options.webPreferences?.preload });
    this.webContents.created.catch((error: unknown) => {
      if (!this.#destroyed) console.error('electron-stand-in:', error);
    });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    living.set(this.id, this);
    openWindows.push(this);
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows = (): BrowserWindow[] => [...living.values()];
  static fromWebContents = (contents: WebContents): BrowserWindow | null => living.get(contents.id) ?? null;
  static fromId = (id: number): BrowserWindow | null => living.get(id) ?? null;

  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url);
  isVisible = (): boolean => this.#visible;
  isDestroyed = (): boolean => this.#destroyed;
  getTitle = (): string => this.options.title ?? '';
  getBounds = (): object => ({ ...this.#bounds });
  setContentProtection = (on: boolean): void => {
    note('BrowserWindow.setContentProtection', on);
  };
  focus = (): void => void this.emit('focus', {});
  blur = (): void => void this.emit('blur', {});

  show(): void {
    this.#visible = true;
    this.emit('show', {});
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide', {});
  }

  setPosition(x: number, y: number): void {
    Object.assign(this.#bounds, { x, y });
    this.emit('moved', {});
  }

  close(): void {
    if (this.#destroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.webContents.closePage().catch(() => undefined);
    this.gone();
  }

  /** The page is gone, by our doing or its own. */
  gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    living.delete(this.id);
    openWindows.splice(openWindows.indexOf(this), 1);
    this.emit('closed', {});
    if (living.size > 0) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }
}

/** Pages that close by themselves, and pages that pages try to open. Call once the browser is there. */
export async function followTargets(): Promise<void> {
  const cdp = browser();
  cdp.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
    windowOf(targetId)?.gone();
  });
  cdp.on(
    'Target.targetCreated',
    ({ targetInfo }: { targetInfo: { targetId: string; openerId?: string; url: string } }) => {
      const { targetId, openerId, url } = targetInfo;
      const opener = openerId === undefined ? undefined : windowOf(openerId);
      if (opener === undefined) return;
      // Electron asks before the window exists; here it has to be closed again.
      const { action } = opener.webContents.windowOpenHandler({ url });
      if (action === 'deny') void cdp.send('Target.closeTarget', { targetId });
    },
  );
  await cdp.send('Target.setDiscoverTargets', { discover: true });
}

function windowOf(targetId: string): BrowserWindow | undefined {
  return [...living.values()].find(({ webContents }) => webContents.targetId === targetId);
}
