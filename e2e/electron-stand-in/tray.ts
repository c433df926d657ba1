/** Electron's `Tray`: recorded, with an icon a test can click. Nothing is on the screen. */
import { EventEmitter } from 'node:events';
import { acting, onlyOnceReady } from './acting.ts';
import { clickMenu, menuText, type Menu } from './menu.ts';
import type { NativeImage } from './native-image.ts';

export const trays: Tray[] = [];

export class Tray extends EventEmitter {
  /** May be empty: Electron takes that without a word. */
  image: NativeImage;
  toolTip = '';
  title = '';
  /** Opens at a click, which the app then does not hear of on macOS. */
  menu: Menu | null = null;
  poppedUp: Menu | null = null;
  /** How often the bar was told something, same or not: on Windows a tooltip that is set anew flickers. */
  timesSet = 0;
  #ignoresDoubleClicks = false;

  constructor(image: NativeImage) {
    super();
    onlyOnceReady('Tray');
    this.image = image;
    trays.push(this);
  }

  setImage = (image: NativeImage): void => this.#set(() => (this.image = image));
  setToolTip = (text: string): void => this.#set(() => (this.toolTip = text));
  /** macOS only; elsewhere it does nothing. */
  setTitle = (text: string): void => {
    if (acting.platform === 'darwin') this.#set(() => (this.title = text));
  };
  setContextMenu = (menu: Menu | null): void => void (this.menu = menu);
  popUpContextMenu = (menu: Menu): void => void (this.poppedUp = menu);
  setIgnoreDoubleClickEvents = (ignore: boolean): void => void (this.#ignoresDoubleClicks = ignore);
  /** Nobody tells on Linux. */
  getBounds = (): { x: number; y: number; width: number; height: number } =>
    acting.platform === 'linux'
      ? { x: 0, y: 0, width: 0, height: 0 }
      : { x: 1000, y: 0, width: 24, height: 24 };
  isDestroyed = (): boolean => !trays.includes(this);

  /** The owner clicks; on macOS the second of two quick clicks is another event, unless the app said otherwise. */
  click({ quickly = false } = {}): void {
    const swallowed = acting.platform === 'darwin' && this.menu !== null;
    if (swallowed) return;
    const second = quickly && acting.platform === 'darwin' && !this.#ignoresDoubleClicks;
    this.emit(second ? 'double-click' : 'click', {});
  }

  destroy(): void {
    trays.splice(trays.indexOf(this), 1);
  }

  #set(change: () => void): void {
    this.timesSet += 1;
    change();
  }
}

export function trayMenuText(): unknown[] {
  return menuText(shownMenu());
}

export function clickTrayMenu(...labels: readonly string[]): void {
  clickMenu(shownMenu(), labels);
}

function shownMenu(): Menu | null {
  return trays[0]?.menu ?? trays[0]?.poppedUp ?? null;
}
