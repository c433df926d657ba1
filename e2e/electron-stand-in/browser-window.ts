/** Electron's `BrowserWindow`: how the desktop treats it is modelled, the page in it is real. */
import { app, openWindows } from './app.ts';
import { browser } from './chromium.ts';
import { NativeWindow, type WindowOptions } from './native-window.ts';
import { WebContents } from './web-contents.ts';

const living = new Map<number, BrowserWindow>();
let lastId = 0;

export class BrowserWindow extends NativeWindow {
  readonly id = (lastId += 1);
  readonly webContents: WebContents;

  constructor(options: WindowOptions = {}) {
    super(options);
    const { width, height } = this.getBounds();
    this.webContents = new WebContents(this.id, { width, height, preload: options.webPreferences?.preload });
    this.webContents.created.catch((error: unknown) => {
      if (!this.isDestroyed()) console.error('electron-stand-in:', error);
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

  override destroy(): void {
    if (this.isDestroyed()) return;
    this.webContents.closePage().catch(() => undefined);
    this.gone();
  }

  /** The page is gone, by our doing or its own. */
  override gone(): boolean {
    if (!super.gone()) return false;
    living.delete(this.id);
    openWindows.splice(openWindows.indexOf(this), 1);
    if (living.size > 0) return true;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
    return true;
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
      const { action } = opener.webContents.windowOpenHandler({
        url,
        frameName: '',
        features: '',
        disposition: 'new-window',
        referrer: { url: '', policy: 'default' },
      });
      if (action === 'deny') void cdp.send('Target.closeTarget', { targetId });
    },
  );
  await cdp.send('Target.setDiscoverTargets', { discover: true });
}

function windowOf(targetId: string): BrowserWindow | undefined {
  return [...living.values()].find(({ webContents }) => webContents.targetId === targetId);
}
