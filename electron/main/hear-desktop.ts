/** What the desktop tells the app: presses on notifications and the tray, sleep and waking up. */
import type { Stop } from '../contract/listeners.ts';
import type { Connection } from '../core/gateway/connection.ts';
import type { Activations } from '../core/notify/activation.ts';
import type { Announcer } from '../core/notify/announcer.ts';
import { followIntent, type IntentParts } from '../core/owner-intents.ts';
import type { AppParts } from './app.ts';

export interface DesktopNews extends Omit<IntentParts, 'quit' | 'logger'> {
  readonly parts: Pick<AppParts, 'notifier' | 'tray' | 'power' | 'quit' | 'logger'>;
  readonly connection: Pick<Connection, 'suspend' | 'resume'>;
  readonly activations: Activations;
  readonly announcer: Announcer;
  readonly onCapabilities: () => void;
}

export function hearDesktop({
  parts,
  connection,
  activations,
  announcer,
  onCapabilities,
  ...owner
}: DesktopNews): readonly Stop[] {
  const { notifier, tray, power, quit, logger } = parts;

  /** A token comes back from a notification or the tray menu. */
  function pressed(token: string): void {
    const { intent, surface } = activations.take(token);
    if (surface !== null) announcer.pressed(surface);
    void followIntent(intent, { ...owner, quit, logger });
  }

  return [
    notifier.onCapabilities(onCapabilities),
    notifier.onActivated(pressed),
    tray.onChosen(pressed),
    tray.onClicked(() => {
      owner.openWindow(null);
    }),
    power.onSuspend(() => {
      connection.suspend();
    }),
    power.onResume(() => {
      connection.resume();
    }),
  ];
}
