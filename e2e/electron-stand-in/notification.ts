/** Electron's `Notification`: recorded, with buttons a test can press. Nothing is on the screen. */
import { EventEmitter } from 'node:events';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly actions?: readonly { readonly type: string; readonly text?: string }[];
}

/** On the screen right now, oldest first. */
export const notifications: Notification[] = [];

export class Notification extends EventEmitter {
  readonly options: NotificationOptions;

  constructor(options: NotificationOptions = {}) {
    super();
    this.options = options;
  }

  static isSupported = (): boolean => true;
  /** Windows only, and nothing was pressed before the start here. */
  static handleActivation = (): void => undefined;

  show(): void {
    notifications.push(this);
    this.emit('show', {});
  }

  close(): void {
    if (takeAway(this)) this.emit('close', {});
  }
}

/** Presses a button of the newest notification by its words; no words: the notification itself. */
export function pressNotification(button?: string): void {
  const newest = notifications.at(-1);
  if (newest === undefined) throw new Error('No notification is shown.');
  if (button === undefined) {
    takeAway(newest);
    newest.emit('click', {});
    return;
  }
  const actionIndex = (newest.options.actions ?? []).findIndex(({ text }) => text === button);
  if (actionIndex < 0) throw new Error(`No button "${button}" in ${JSON.stringify(newest.options)}`);
  takeAway(newest);
  newest.emit('action', { actionIndex });
}

/** The owner waves it away. */
export function dismissNotification(): void {
  const newest = notifications.at(-1);
  if (newest !== undefined && takeAway(newest)) newest.emit('close', { reason: 'userCanceled' });
}

function takeAway(notification: Notification): boolean {
  const index = notifications.indexOf(notification);
  if (index >= 0) notifications.splice(index, 1);
  return index >= 0;
}
