import type { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrayModel } from '../../core/ports.ts';
import { ElectronTray } from './electron-tray.ts';

interface Bar extends EventEmitter {
  readonly calls: unknown[][];
}

const native = vi.hoisted(() => ({
  trays: [] as Bar[],
  hasTray: true,
  theme: null as (EventEmitter & { shouldUseDarkColors: boolean }) | null,
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class Tray extends EventEmitter implements Bar {
    readonly calls: unknown[][] = [];
    constructor(image: unknown) {
      super();
      if (!native.hasTray) throw new Error('no tray');
      this.calls.push(['new', image]);
      native.trays.push(this);
    }
    setImage = (image: unknown): void => this.#note('setImage', image);
    setToolTip = (text: unknown): void => this.#note('setToolTip', text);
    setTitle = (text: unknown): void => this.#note('setTitle', text);
    setContextMenu = (menu: unknown): void => this.#note('setContextMenu', menu);
    popUpContextMenu = (menu: unknown): void => this.#note('popUpContextMenu', menu);
    destroy = (): void => this.#note('destroy');
    getBounds = (): object => ({ x: 1, y: 2, width: 3, height: 4 });
    #note(...call: unknown[]): void {
      this.calls.push(call);
    }
  }
  native.theme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
  return {
    Tray,
    Menu: { buildFromTemplate: (template: unknown) => template },
    nativeImage: { createFromPath: (file: string) => ({ file, setTemplateImage: () => undefined }) },
    nativeTheme: native.theme,
  };
});

const model: TrayModel = {
  icon: 'attention',
  count: 2,
  tooltip: '2 requests',
  entries: [
    { type: 'label', label: 'Tom & Jerry' },
    { type: 'separator' },
    {
      type: 'submenu',
      label: 'Tom',
      entries: [
        { type: 'action', label: 'Deny', enabled: true, token: 'deny-1' },
        { type: 'action', label: 'Approve', enabled: false, token: 'approve-1' },
      ],
    },
    { type: 'action', label: 'Quit', enabled: true, token: 'quit' },
  ],
};

function setUp(platform: NodeJS.Platform, interceptClick = (): boolean => false) {
  const tray = new ElectronTray({ platform, iconDir: '/icons', interceptClick });
  const chosen: string[] = [];
  let clicks = 0;
  tray.onChosen((token) => chosen.push(token));
  tray.onClicked(() => (clicks += 1));
  const bar = native.trays.at(-1);
  const named = (name: string): unknown[] =>
    (bar?.calls ?? []).filter(([call]) => call === name).map(([, argument]) => argument);
  return { tray, bar, chosen, named, clicks: () => clicks };
}

function entryOf(menu: unknown, ...path: number[]): MenuItemConstructorOptions {
  let entries = menu as MenuItemConstructorOptions[];
  let entry: MenuItemConstructorOptions = {};
  for (const index of path) {
    entry = entries[index] ?? {};
    entries = (entry.submenu ?? []) as MenuItemConstructorOptions[];
  }
  return entry;
}

beforeEach(() => {
  native.trays.length = 0;
  native.hasTray = true;
});

describe('the icon', () => {
  it('starts as disconnected and follows state and theme', async () => {
    const { tray, bar, named } = setUp('linux');
    tray.render(model);
    if (native.theme === null) throw new Error('no theme');
    native.theme.shouldUseDarkColors = false;
    native.theme.emit('updated');
    const files = [...named('new'), ...named('setImage')].map((image) => (image as { file: string }).file);
    expect(files).toEqual([
      '/icons/disconnected-dark.png',
      '/icons/attention-dark.png',
      '/icons/attention-light.png',
    ]);
    await tray.dispose();
    native.theme.emit('updated');
    expect(bar?.calls.at(-1)).toEqual(['destroy']);
  });

  it('shows the count beside itself on macOS only', () => {
    const mac = setUp('darwin');
    mac.tray.render(model);
    mac.tray.render({ ...model, count: 0 });
    const windows = setUp('win32');
    windows.tray.render(model);
    expect([mac.named('setTitle'), windows.named('setTitle')]).toEqual([['2', ''], []]);
  });

  it('passes clicks on unless they put the popover away', () => {
    const free = setUp('win32');
    free.bar?.emit('click');
    const used = setUp('win32', () => true);
    used.bar?.emit('click');
    expect([free.clicks(), used.clicks()]).toEqual([1, 0]);
  });

  it('is missed politely where the desktop has no tray', () => {
    native.hasTray = false;
    const { tray } = setUp('linux');
    tray.render(model);
    expect([tray.available, tray.bounds]).toEqual([false, null]);
  });
});

describe('the menu', () => {
  it('shows every entry, with & kept visible', () => {
    const { tray, named } = setUp('linux');
    tray.render(model);
    expect(named('setContextMenu')).toEqual([
      [
        { label: 'Tom && Jerry', enabled: false },
        { type: 'separator' },
        {
          label: 'Tom',
          submenu: [
            { label: 'Deny', enabled: true, click: expect.any(Function) },
            { label: 'Approve', enabled: false, click: expect.any(Function) },
          ],
        },
        { label: 'Quit', enabled: true, click: expect.any(Function) },
      ],
    ]);
  });

  it('hands back the token of the entry that was there when it was clicked', () => {
    const { tray, named, chosen } = setUp('linux');
    tray.render(model);
    const [first] = named('setContextMenu');
    tray.render({ ...model, entries: [{ type: 'action', label: 'Quit', enabled: true, token: 'quit-2' }] });
    const click = entryOf(first, 2, 0).click as () => void;
    click();
    expect(chosen).toEqual(['deny-1']);
  });

  it('is set again after every change on Linux, and left alone without one', () => {
    const { tray, named } = setUp('linux');
    tray.render(model);
    tray.render({ ...model, tooltip: 'other words' });
    tray.render({ ...model, entries: [] });
    expect(named('setContextMenu')).toHaveLength(2);
  });

  it('opens on the other mouse button on macOS, where a set menu would swallow the click', () => {
    const { tray, bar, named } = setUp('darwin');
    bar?.emit('right-click');
    tray.render(model);
    bar?.emit('right-click');
    expect([named('setContextMenu').length, named('popUpContextMenu').length]).toEqual([0, 1]);
    expect(entryOf(named('popUpContextMenu')[0], 0)).toEqual({ label: 'Tom & Jerry', enabled: false });
  });
});
