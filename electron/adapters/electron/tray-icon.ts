/** Which drawn icon shows which state on which platform. Pure; the files come from the icon renderer in build/. */
import type { TrayIcon } from '../../core/ports.ts';

/** What the bar behind the icon looks like; macOS tints template images itself, Windows icons carry their own edge. */
export type BarTheme = 'light' | 'dark';

/** File name inside assets/tray. The `@2x` sibling of a PNG is picked up by Electron itself. */
export function trayIconFile(platform: NodeJS.Platform, icon: TrayIcon, bar: BarTheme): string {
  if (platform === 'darwin') return `${icon}Template.png`;
  if (platform === 'win32') return `${icon}.ico`;
  return `${icon}-${bar}.png`;
}
