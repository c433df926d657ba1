/** What the desktop tells the app: presses on notifications and the tray, sleep and waking up. */
import type { Stop } from '../contract/listeners.ts';
import type { Connection } from '../core/gateway/connection.ts';
import type { Activations } from '../core/notify/activation.ts';
import type { Announcer } from '../core/notify/announcer.ts';
import { followIntent, type IntentParts } from '../core/owner-intents.ts';
import type { AppParts } from './app.ts';

export interface DesktopNews extends Omit<IntentParts, 'openWindow' | 'comeBack' | 'quit' | 'logger'> {
  readonly parts: Pick<AppParts, 'notifier' | 'tray' | 'window' | 'power' | 'quit' | 'logger'>;
  readonly connection: Pick<Connection, 'suspend' | 'resume'>;
  readonly activations: Activations;
  readonly announcer: Announcer;
  readonly onCapabilities: () => void;
  /** Tells windows to bring this request into view; null: the page of all of them. */
  readonly focus: (key: string | null) => void;
  /** The owner looks now. */
  readonly lookAgain: () => void;
}

export function hearDesktop({
  parts,
  connection,
  activations,
  announcer,
  onCapabilities,
  focus,
  lookAgain,
  ...owner
}: DesktopNews): readonly Stop[] {
  const { notifier, tray, window, power, quit, logger } = parts;

  function openWindow(key: string | null): void {
    lookAgain();
    focus(key);
    window.open(key);
  }

  /** The owner may be in the middle of something there. */
  function comeBack(): void {
    lookAgain();
    window.open(null);
  }

  /** A token comes back from a notification or the tray menu. */
  function pressed(token: string): void {
    const { intent, surface } = activations.take(token);
    if (surface !== null) announcer.pressed(surface);
    void followIntent(intent, { ...owner, openWindow, comeBack, quit, logger });
  }

  return [
    notifier.onCapabilities(onCapabilities),
    notifier.onActivated(pressed),
    tray.onChosen(pressed),
    tray.onClicked(comeBack),
    power.onSuspend(() => {
      connection.suspend();
    }),
    power.onResume(() => {
      connection.resume();
    }),
  ];
}
