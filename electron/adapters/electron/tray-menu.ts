/** The tray's entries as an Electron menu template. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { TrayEntry } from '../../core/ports.ts';

/** @param onChosen gets the token of the entry that was clicked */
export function trayMenuTemplate(
  entries: readonly TrayEntry[],
  platform: NodeJS.Platform,
  onChosen: (token: string) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    switch (entry.type) {
      case 'separator':
        return { type: 'separator' };
      case 'label':
        return { label: menuLabel(entry.label, platform), enabled: false };
      case 'action':
        return {
          label: menuLabel(entry.label, platform),
          enabled: entry.enabled,
          click: () => {
            onChosen(entry.token);
          },
        };
      case 'submenu':
        return {
          label: menuLabel(entry.label, platform),
          submenu: trayMenuTemplate(entry.entries, platform, onChosen),
        };
    }
  });
}

/** Names can hold `&`, which marks a shortcut letter on Windows and Linux and would vanish from the label. */
function menuLabel(label: string, platform: NodeJS.Platform): string {
  return platform === 'darwin' ? label : label.replaceAll('&', '&&');
}
