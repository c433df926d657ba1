import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrayModel } from '../../core/ports.ts';
import { acting } from '../../../e2e/electron-stand-in/acting.ts';
import type { Tray as BarIcon } from '../../../e2e/electron-stand-in/tray.ts';
import { trays } from '../../../e2e/electron-stand-in/tray.ts';
import { ElectronTray } from './electron-tray.ts';
import type { TrayPlatform } from './tray-icon.ts';

/** The stand-in's tray and images, which fail where Electron's do; menus stay the templates they are made from. */
vi.mock('electron', async () => ({
  Tray: (await import('../../../e2e/electron-stand-in/tray.ts')).Tray,
  nativeImage: (await import('../../../e2e/electron-stand-in/native-image.ts')).nativeImage,
  Menu: { buildFromTemplate: (template: unknown) => template },
}));

const assets = path.join(import.meta.dirname, '../../../assets/tray');

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

const log = vi.fn();

function setUp(platform: TrayPlatform, { interceptClick = (): boolean => false, iconDir = assets } = {}) {
  acting.platform = platform;
  const tray = new ElectronTray({ platform, iconDir, interceptClick, logger: { log } });
  const chosen: string[] = [];
  let clicks = 0;
  tray.onChosen((token) => chosen.push(token));
  tray.onClicked(() => (clicks += 1));
  return { tray, bar: trays.at(-1), chosen, clicks: () => clicks };
}

/** What is to be seen in the bar. */
function face(bar: BarIcon | undefined) {
  if (bar === undefined) throw new Error('no icon');
  return { icon: path.relative(assets, bar.image.path), empty: bar.image.isEmpty(), title: bar.title };
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
  trays.length = 0;
  acting.ready = true;
  log.mockClear();
});

describe('the icon', () => {
  it.each([
    ['darwin', 'macos/disconnectedTemplate.png', 'macos/attentionTemplate.png', '2'],
    ['win32', 'windows/disconnected.ico', 'windows/attention-2.ico', ''],
  ] as const)('on %s is there from the start and follows what it shows', (platform, first, then, title) => {
    const { tray, bar } = setUp(platform);
    expect([tray.available, face(bar)]).toEqual([true, { icon: first, empty: false, title: '' }]);
    tray.render(model);
    expect(face(bar)).toEqual({ icon: then, empty: false, title });
    expect(bar?.image.isTemplateImage()).toBe(platform === 'darwin');
    tray.render({ ...model, count: 0 });
    expect(face(bar).title).toBe('');
  });

  it('is sharp on a screen of high resolution on macOS', () => {
    expect(setUp('darwin').bar?.image.getScaleFactors()).toEqual([1, 2]);
  });

  it('is not told again what it shows already', () => {
    const { tray, bar } = setUp('darwin');
    tray.render(model);
    const told = bar?.timesSet;
    tray.render({ ...model, entries: [] });
    expect(bar?.timesSet).toBe(told);
  });

  it.each(['darwin', 'win32'] as const)('counts as none on %s where its file is missing', (platform) => {
    const { tray } = setUp(platform, { iconDir: '/nowhere' });
    tray.render(model);
    expect([tray.available, tray.bounds, trays, log.mock.calls[0]?.[1]]).toEqual([
      ...[false, null, []],
      'tray.not-shown',
    ]);
  });

  it('stays as it was when the next one is missing', () => {
    const { tray, bar } = setUp('darwin');
    tray.render({ ...model, icon: 'nothing' as never });
    expect([face(bar).icon, log.mock.calls[0]?.[1]]).toEqual([
      'macos/disconnectedTemplate.png',
      'tray.icon-missing',
    ]);
  });

  it('passes clicks on unless they put the popover away', () => {
    const free = setUp('win32');
    free.bar?.click();
    const used = setUp('win32', { interceptClick: () => true });
    used.bar?.click();
    expect([free.clicks(), used.clicks()]).toEqual([1, 0]);
  });

  it('hears the second of two quick clicks on macOS, too', () => {
    const { tray, bar, clicks } = setUp('darwin');
    tray.render(model);
    bar?.click();
    bar?.click({ quickly: true });
    expect(clicks()).toBe(2);
  });

  it('is missed politely where the desktop has no tray', async () => {
    acting.ready = false;
    const { tray } = setUp('win32');
    tray.render(model);
    await tray.dispose();
    expect([tray.available, tray.bounds]).toEqual([false, null]);
  });

  it('goes with the app', async () => {
    const { tray, bar } = setUp('win32');
    expect(tray.bounds).toEqual(bar?.getBounds());
    await tray.dispose();
    expect(trays).toEqual([]);
  });
});

describe('the menu', () => {
  it('shows every entry, with & kept visible', () => {
    const { tray, bar } = setUp('win32');
    tray.render(model);
    expect(bar?.menu).toEqual([
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
    ]);
  });

  it('hands back the token of the entry that was there when it was clicked', () => {
    const { tray, bar, chosen } = setUp('win32');
    tray.render(model);
    const first = bar?.menu;
    tray.render({ ...model, entries: [{ type: 'action', label: 'Quit', enabled: true, token: 'quit-2' }] });
    const click = entryOf(first, 2, 0).click as () => void;
    click();
    expect(chosen).toEqual(['deny-1']);
  });

  it('is replaced when it changed, and left alone when it did not', () => {
    const { tray, bar } = setUp('win32');
    tray.render(model);
    const first = bar?.menu;
    tray.render({ ...model, tooltip: 'other words' });
    expect(bar?.menu).toBe(first);
    tray.render({ ...model, entries: [] });
    expect(bar?.menu).toEqual([]);
  });

  it('opens on the other mouse button on macOS, where a set menu would swallow the click', () => {
    const { tray, bar, clicks } = setUp('darwin');
    bar?.emit('right-click');
    expect(bar?.poppedUp).toBe(null);
    tray.render(model);
    bar?.emit('right-click');
    bar?.click();
    expect([entryOf(bar?.poppedUp, 0), clicks()]).toEqual([{ label: 'Tom & Jerry', enabled: false }, 1]);
  });
});
