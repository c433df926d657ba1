/** Port Tray on Electron's Tray, for the desktop host. */
import path from 'node:path';
import { Menu, Tray as NativeTray, nativeImage, nativeTheme } from 'electron';
import type { Rectangle } from 'electron';
import { Listeners } from '../../contract/listeners.ts';
import type { Tray, TrayModel } from '../../core/ports.ts';
import { trayIconFile } from './tray-icon.ts';
import { trayMenuTemplate } from './tray-menu.ts';

export interface ElectronTrayOptions {
  readonly platform: NodeJS.Platform;
  /** Folder assets/tray. */
  readonly iconDir: string;
  /** Asked first at a click on the icon; true means the click is used up. */
  readonly interceptClick: () => boolean;
}

export class ElectronTray implements Tray {
  readonly #platform: NodeJS.Platform;
  readonly #iconDir: string;
  /** A strong reference: a collected Tray vanishes from the bar. Null where the desktop has no tray. */
  readonly #native: NativeTray | null;
  readonly #chosen = new Listeners<[token: string]>();
  readonly onChosen = this.#chosen.add;
  readonly #clicked = new Listeners();
  readonly onClicked = this.#clicked.add;
  readonly #onTheme = (): void => {
    this.#showIcon();
  };
  #model: TrayModel | null = null;
  #shownEntries = '';
  #menu: ReturnType<typeof Menu.buildFromTemplate> | null = null;

  constructor({ platform, iconDir, interceptClick }: ElectronTrayOptions) {
    this.#platform = platform;
    this.#iconDir = iconDir;
    this.#native = this.#create();
    this.#native?.on('click', () => {
      if (!interceptClick()) this.#clicked.emit();
    });
    // On macOS a set context menu would swallow the plain click, so there it opens on the other button only.
    if (platform === 'darwin') {
      this.#native?.on('right-click', () => {
        if (this.#menu !== null) this.#native?.popUpContextMenu(this.#menu);
      });
    }
    nativeTheme.on('updated', this.#onTheme);
  }

  get available(): boolean {
    return this.#native !== null;
  }

  /** Where the icon is on the screen; null where the platform does not tell. */
  get bounds(): Rectangle | null {
    return this.#native?.getBounds() ?? null;
  }

  render(model: TrayModel): void {
    this.#model = model;
    if (this.#native === null) return;
    this.#showIcon();
    this.#native.setToolTip(model.tooltip);
    if (this.#platform === 'darwin') this.#native.setTitle(model.count > 0 ? String(model.count) : '');
    this.#showMenu(this.#native, model);
  }

  dispose(): Promise<void> {
    nativeTheme.off('updated', this.#onTheme);
    this.#native?.destroy();
    return Promise.resolve();
  }

  /** A desktop without a tray makes the constructor throw on some platforms. */
  #create(): NativeTray | null {
    try {
      return new NativeTray(this.#image());
    } catch {
      return null;
    }
  }

  #showIcon(): void {
    this.#native?.setImage(this.#image());
  }

  #image(): Electron.NativeImage {
    const bar = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    const file = trayIconFile(this.#platform, this.#model?.icon ?? 'disconnected', bar);
    const image = nativeImage.createFromPath(path.join(this.#iconDir, file));
    if (this.#platform === 'darwin') image.setTemplateImage(true);
    return image;
  }

  /** Menus cannot be changed in place on Linux; an unchanged one is left alone so that an open menu stays open. */
  #showMenu(native: NativeTray, { entries }: TrayModel): void {
    const serialised = JSON.stringify(entries);
    if (serialised === this.#shownEntries) return;
    this.#shownEntries = serialised;
    this.#menu = Menu.buildFromTemplate(
      trayMenuTemplate(entries, this.#platform, (token) => {
        this.#chosen.emit(token);
      }),
    );
    if (this.#platform !== 'darwin') native.setContextMenu(this.#menu);
  }
}
