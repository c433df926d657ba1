/** Electron's `Tray` and `Menu`: recorded, with entries a test can click by their words. Nothing is on the screen. */
import { EventEmitter } from 'node:events';

interface EntryOptions {
  readonly label?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly submenu?: readonly EntryOptions[];
  readonly click?: () => void;
}

class MenuItem {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly submenu: Menu | null;
  readonly click: () => void;

  constructor({ label = '', type, enabled = true, submenu, click = () => undefined }: EntryOptions) {
    this.label = label;
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.enabled = enabled;
    this.submenu = submenu === undefined ? null : Menu.buildFromTemplate(submenu);
    this.click = click;
  }
}

export class Menu {
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly EntryOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)));
  }
  static setApplicationMenu = (): void => undefined;
}

interface Image {
  readonly path: string;
  isEmpty(): boolean;
  setTemplateImage(): void;
}

export const nativeImage = {
  createEmpty: (): Image => image(''),
  createFromPath: (path: string): Image => image(path),
};

function image(path: string): Image {
  return { path, isEmpty: () => path === '', setTemplateImage: () => undefined };
}

export const trays: Tray[] = [];

export class Tray extends EventEmitter {
  image: Image;
  toolTip = '';
  title = '';
  menu: Menu | null = null;

  constructor(image: Image) {
    super();
    this.image = image;
    trays.push(this);
  }

  setImage = (image: Image): void => void (this.image = image);
  setToolTip = (text: string): void => void (this.toolTip = text);
  setTitle = (text: string): void => void (this.title = text);
  setContextMenu = (menu: Menu | null): void => void (this.menu = menu);
  popUpContextMenu = (menu: Menu): void => void (this.menu = menu);
  /** Empty, as Electron has it on Linux. */
  getBounds = (): object => ({ x: 0, y: 0, width: 0, height: 0 });
  isDestroyed = (): boolean => !trays.includes(this);

  destroy(): void {
    trays.splice(trays.indexOf(this), 1);
  }
}

/** The menu as words: submenus as `[label, entries]`, disabled entries in parentheses. */
export function trayMenuText(menu: Menu | null = trays[0]?.menu ?? null): unknown[] {
  return (menu?.items ?? []).map(({ type, label, enabled, submenu }) => {
    if (type === 'separator') return '-';
    if (submenu !== null) return [label, trayMenuText(submenu)];
    return enabled ? label : `(${label})`;
  });
}

/** Clicks the entry at this path of labels. @throws when there is none, or it is disabled */
export function clickTrayMenu(...labels: readonly string[]): void {
  let menu = trays[0]?.menu ?? null;
  let found: MenuItem | undefined;
  for (const label of labels) {
    found = menu?.items.find((item) => item.label === label);
    menu = found?.submenu ?? null;
  }
  if (found?.enabled !== true) {
    throw new Error(`No entry ${labels.join(' > ')} to click in ${JSON.stringify(trayMenuText())}`);
  }
  found.click();
}
