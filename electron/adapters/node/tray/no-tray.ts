/** Port Tray where plain Node has none (macOS, Windows): never available, so the window is the only way in. */
import type { Tray } from '../../../core/ports.ts';

export const noTray: Tray = {
  available: false,
  render: () => undefined,
  onChosen: () => () => undefined,
  onClicked: () => () => undefined,
  dispose: () => Promise.resolve(),
};
