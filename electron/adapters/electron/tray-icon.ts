/** Which drawn icon shows which state on which platform. Pure; the files come from the icon renderer in build/. */
import type { TrayModel } from '../../core/ports.ts';
import { trayIconName } from '../node/tray/tray-pixmaps.ts';

/** Those where Electron's own tray is used; Linux has one over D-Bus. */
export type TrayPlatform = 'darwin' | 'win32';

/**
 * Path inside assets/tray. macOS tints its template images itself, picks up their `@2x` siblings, and has the count
 * beside the icon; on Windows it is on the icon, which carries its own edge for light and dark bars.
 */
export function trayIconFile(platform: TrayPlatform, model: Pick<TrayModel, 'icon' | 'count'>): string {
  return platform === 'darwin' ? `macos/${model.icon}Template.png` : `windows/${trayIconName(model)}.ico`;
}
