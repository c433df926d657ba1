/** Port Tray on Electron's Tray, for the desktop host on macOS and Windows. */
import path from 'node:path';
import { Menu, Tray as NativeTray, nativeImage } from 'electron';
import type { Rectangle } from 'electron';
import { Listeners } from '../../contract/listeners.ts';
import type { Logger, Tray, TrayModel } from '../../core/ports.ts';
import { trayIconFile, type TrayPlatform } from './tray-icon.ts';
import { trayMenuTemplate } from './tray-menu.ts';

export interface ElectronTrayOptions {
  readonly platform: TrayPlatform;
  /** Folder assets/tray. */
  readonly iconDir: string;
  /** Asked first at a click on the icon; true means the click is used up. */
  readonly interceptClick: () => boolean;
  readonly logger: Logger;
}

export class ElectronTray implements Tray {
  readonly #options: ElectronTrayOptions;
  /** A strong reference: a collected Tray vanishes from the bar. Null where no icon could be put there. */
  readonly #native: NativeTray | null;
  readonly #chosen = new Listeners<[token: string]>();
  readonly onChosen = this.#chosen.add;
  readonly #clicked = new Listeners();
  readonly onClicked = this.#clicked.add;
  #shownFile: string;
  #shownTip = '';
  #shownTitle = '';
  #shownEntries = '';
  #menu: ReturnType<typeof Menu.buildFromTemplate> | null = null;

  constructor(options: ElectronTrayOptions) {
    this.#options = options;
    this.#shownFile = trayIconFile(options.platform, { icon: 'disconnected', count: 0 });
    this.#native = this.#create();
    this.#native?.on('click', () => {
      if (!options.interceptClick()) this.#clicked.emit();
    });
    if (options.platform === 'darwin') {
      // Else the second of two quick clicks is another event, and gets lost.
      this.#native?.setIgnoreDoubleClickEvents(true);
      // A set context menu would swallow the plain click, so it opens on the other button only.
      this.#native?.on('right-click', () => {
        if (this.#menu !== null) this.#native?.popUpContextMenu(this.#menu);
      });
    }
  }

  get available(): boolean {
    return this.#native !== null;
  }

  /** Where the icon is on the screen; null while there is none. */
  get bounds(): Rectangle | null {
    return this.#native?.getBounds() ?? null;
  }

  /** Tells the bar only what changed: a tooltip set anew flickers under the pointer. */
  render(model: TrayModel): void {
    const native = this.#native;
    if (native === null) return;
    this.#showIcon(native, model);
    if (model.tooltip !== this.#shownTip) {
      this.#shownTip = model.tooltip;
      native.setToolTip(model.tooltip);
    }
    this.#showTitle(native, model);
    this.#showMenu(native, model);
  }

  dispose(): Promise<void> {
    this.#native?.destroy();
    return Promise.resolve();
  }

  /** Without an icon the window is the only way in, so an icon nobody can see must count as none. */
  #create(): NativeTray | null {
    try {
      return new NativeTray(this.#image(this.#shownFile));
    } catch (error: unknown) {
      this.#options.logger.log('error', 'tray.not-shown', { error });
      return null;
    }
  }

  #showIcon(native: NativeTray, model: TrayModel): void {
    const file = trayIconFile(this.#options.platform, model);
    if (file === this.#shownFile) return;
    this.#shownFile = file;
    try {
      native.setImage(this.#image(file));
    } catch (error: unknown) {
      // The former icon stays: a wrong one can still be clicked.
      this.#options.logger.log('error', 'tray.icon-missing', { error });
    }
  }

  /** @throws when there is no such image: Electron itself would show nothing, without a word */
  #image(file: string): Electron.NativeImage {
    const image = nativeImage.createFromPath(path.join(this.#options.iconDir, file));
    if (image.isEmpty()) throw new Error(`The tray icon ${file} cannot be read.`);
    if (this.#options.platform === 'darwin') image.setTemplateImage(true);
    return image;
  }

  #showTitle(native: NativeTray, { count }: TrayModel): void {
    if (this.#options.platform !== 'darwin') return;
    const title = count > 0 ? String(count) : '';
    if (title === this.#shownTitle) return;
    this.#shownTitle = title;
    native.setTitle(title);
  }

  /** An unchanged menu is left alone so that an open one stays open. */
  #showMenu(native: NativeTray, { entries }: TrayModel): void {
    const serialised = JSON.stringify(entries);
    if (serialised === this.#shownEntries) return;
    this.#shownEntries = serialised;
    this.#menu = Menu.buildFromTemplate(
      trayMenuTemplate(entries, this.#options.platform, (token) => {
        this.#chosen.emit(token);
      }),
    );
    if (this.#options.platform !== 'darwin') native.setContextMenu(this.#menu);
  }
}
