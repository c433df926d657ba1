/** The app's own menu in place of Electron's, whose keys would end or reload the guard by accident. Pure. */
import type { MenuItemConstructorOptions } from 'electron';

/**
 * On macOS the keys for texts come from the menu, so it has one, though nobody sees it; leaving is in it without keys.
 * Elsewhere texts need none: null.
 */
export function appMenuTemplate(
  platform: NodeJS.Platform,
  quit: () => void,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [
    {
      label: 'Portcullis',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { role: 'hide' },
        { type: 'separator' },
        { label: 'Quit Portcullis', click: quit },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: 'Window', submenu: [{ role: 'close' }] },
  ];
}
