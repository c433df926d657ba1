/** What the desktop tells the app: presses on notifications and the tray, sleep and waking up. */
import type { Stop } from '../contract/listeners.ts';
import type { Connection } from '../core/gateway/connection.ts';
import type { AppParts } from './app.ts';

export interface DesktopNews {
  readonly parts: Pick<AppParts, 'notifier' | 'tray' | 'power'>;
  readonly connection: Pick<Connection, 'suspend' | 'resume'>;
  /** A token came back. */
  readonly pressed: (token: string) => void;
  readonly openWindow: (key: string | null) => void;
  readonly onCapabilities: () => void;
}

export function hearDesktop({
  parts,
  connection,
  pressed,
  openWindow,
  onCapabilities,
}: DesktopNews): readonly Stop[] {
  const { notifier, tray, power } = parts;
  return [
    notifier.onCapabilities(onCapabilities),
    notifier.onActivated(pressed),
    tray.onChosen(pressed),
    tray.onClicked(() => {
      openWindow(null);
    }),
    power.onSuspend(() => {
      connection.suspend();
    }),
    power.onResume(() => {
      connection.resume();
    }),
  ];
}
