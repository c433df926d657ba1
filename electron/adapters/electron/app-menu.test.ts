import { afterEach, describe, expect, it, vi } from 'vitest';
import { Menu, pressKeys } from '../../../e2e/electron-stand-in/menu.ts';
import { appMenuTemplate } from './app-menu.ts';

const before = Menu.getApplicationMenu();
afterEach(() => {
  Menu.setApplicationMenu(before);
});

describe.each(['darwin', 'win32', 'linux'] as const)('the menu on %s', (platform) => {
  it('has no keys that end, reload or close the guard by accident', () => {
    const template = appMenuTemplate(platform, () => undefined);
    Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template as never));
    const chosen = ['CommandOrControl+Q', 'CommandOrControl+R'].map(pressKeys);
    expect(chosen).toEqual([null, null]);
  });
});

it('lets texts be copied and the guard be left from the menu on macOS', () => {
  const quit = vi.fn();
  const template = appMenuTemplate('darwin', quit) ?? [];
  const entries = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  expect(entries.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['copy', 'paste', 'cut', 'selectAll', 'undo', 'close']),
  );
  const leave = entries.find(({ label }) => label === 'Quit Portcullis');
  leave?.click?.({} as never, undefined, {});
  expect(quit).toHaveBeenCalledOnce();
});

it('takes the place of one whose keys do', () => {
  expect(pressKeys('CommandOrControl+R')).toBe('reload');
});
