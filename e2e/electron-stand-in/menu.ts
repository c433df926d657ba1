/**
 * Electron's `Menu`: recorded, with entries a test can click by their words and keys it can press. Nothing is on the
 * screen. An app that sets no menu of its own has Electron's, whose keys quit and reload.
 */
import { app } from './app.ts';

interface EntryOptions {
  readonly label?: string;
  readonly type?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly submenu?: readonly EntryOptions[];
  readonly click?: () => void;
}

/** What the roles that could do harm bring along; the others are for texts. */
const roles: Readonly<Record<string, { readonly keys: string; readonly run: () => void }>> = {
  quit: {
    keys: 'CommandOrControl+Q',
    run: () => {
      app.quit();
    },
  },
  reload: { keys: 'CommandOrControl+R', run: () => undefined },
  close: { keys: 'CommandOrControl+W', run: () => undefined },
};

class MenuItem {
  readonly label: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly enabled: boolean;
  readonly submenu: Menu | null;
  readonly click: () => void;

  constructor({ label, type, role, accelerator, enabled = true, submenu, click }: EntryOptions) {
    const known = role === undefined ? undefined : roles[role];
    this.label = label ?? role ?? '';
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.role = role;
    this.accelerator = accelerator ?? known?.keys;
    this.enabled = enabled;
    this.submenu = submenu === undefined ? null : Menu.buildFromTemplate(submenu);
    this.click = click ?? known?.run ?? (() => undefined);
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
  static setApplicationMenu = (menu: Menu | null): void => void (applicationMenu = menu);
  static getApplicationMenu = (): Menu | null => applicationMenu;
}

/** Until an app sets its own. */
let applicationMenu: Menu | null = Menu.buildFromTemplate([
  { label: 'File', submenu: [{ role: 'close' }, { role: 'quit' }] },
  { label: 'View', submenu: [{ role: 'reload' }] },
]);

function allItems(menu: Menu | null): readonly MenuItem[] {
  return (menu?.items ?? []).flatMap((item) => [item, ...allItems(item.submenu)]);
}

/** Presses keys in the window, written as for `accelerator`. @returns the label of what they chose, null for nothing */
export function pressKeys(keys: string): string | null {
  const found = allItems(applicationMenu).find(({ accelerator, enabled }) => enabled && accelerator === keys);
  found?.click();
  return found?.label ?? null;
}

/** The menu as words: submenus as `[label, entries]`, disabled entries in parentheses. */
export function menuText(menu: Menu | null): unknown[] {
  return (menu?.items ?? []).map(({ type, label, enabled, submenu }) => {
    if (type === 'separator') return '-';
    if (submenu !== null) return [label, menuText(submenu)];
    return enabled ? label : `(${label})`;
  });
}

/** Clicks the entry at this path of labels. @throws when there is none, or it is disabled */
export function clickMenu(menu: Menu | null, labels: readonly string[]): void {
  let level = menu;
  let found: MenuItem | undefined;
  for (const label of labels) {
    found = level?.items.find((item) => item.label === label);
    level = found?.submenu ?? null;
  }
  if (found?.enabled !== true) {
    throw new Error(`No entry ${labels.join(' > ')} to click in ${JSON.stringify(menuText(menu))}`);
  }
  found.click();
}
