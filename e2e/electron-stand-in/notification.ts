/**
 * Electron's `Notification`: recorded, with buttons a test can press, and refused where macOS or Windows refuse. Nothing is
 * on the screen.
 */
import { EventEmitter } from 'node:events';
import type { ActivationArguments } from 'electron';
import { acting, onlyOnceReady } from './acting.ts';

interface NotificationOptions {
  readonly id?: string;
  readonly title?: string;
  readonly body?: string;
  readonly actions?: readonly { readonly type: string; readonly text?: string }[];
}

/** On the screen right now, oldest first. */
export const notifications: Notification[] = [];

/** What the system holds about this app, also from earlier runs. */
export const centre: {
  /** macOS: the owner's word; an unsigned app is refused whatever it was. */
  permission: 'undecided' | 'allowed' | 'denied' | 'unsigned';
  /** macOS: how often the owner saw the question whether this app may. */
  timesAsked: number;
  /** Cards of a run that is over, which nobody hears any more. */
  leftOver: number;
  /** Windows: hears of every press, on cards of this run and others. */
  onActivation: ((details: ActivationArguments) => void) | null;
} = { permission: 'allowed', timesAsked: 0, leftOver: 0, onActivation: null };

const longestId = 64;

/** macOS asks the owner as soon as an app reaches for notifications at all. */
function reach(): void {
  if (acting.platform === 'darwin' && centre.permission === 'undecided') centre.timesAsked += 1;
}

export class Notification extends EventEmitter {
  readonly options: NotificationOptions;

  constructor(options: NotificationOptions = {}) {
    super();
    onlyOnceReady('Notification');
    if (acting.platform === 'win32' && (options.id?.length ?? 0) > longestId) {
      throw new Error(`Notification id must be ${String(longestId)} UTF-16 characters or less`);
    }
    this.options = options;
    reach();
  }

  static isSupported = (): boolean => {
    reach();
    return true;
  };
  static handleActivation = (listener: (details: ActivationArguments) => void): void => {
    if (acting.platform === 'win32') centre.onActivation = listener;
  };
  static removeAll = (): void => {
    if (acting.platform !== 'darwin') return;
    centre.leftOver = 0;
    notifications.length = 0;
  };

  show(): void {
    if (acting.platform === 'darwin' && centre.permission !== 'allowed') {
      setImmediate(() => this.emit('failed', {}, 'Notifications are not allowed for this application'));
      return;
    }
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
  const actionIndex = (newest.options.actions ?? []).findIndex(({ text }) => text === button);
  if (button !== undefined && actionIndex < 0) {
    throw new Error(`No button "${button}" in ${JSON.stringify(newest.options)}`);
  }
  takeAway(newest);
  if (button === undefined) newest.emit('click', {});
  else newest.emit('action', { actionIndex });
  // Windows tells both.
  centre.onActivation?.({ type: button === undefined ? 'click' : 'action', arguments: '', actionIndex });
}

/** The owner waves it away. */
export function dismissNotification(): void {
  const newest = notifications.at(-1);
  if (newest !== undefined && takeAway(newest)) newest.emit('close', { reason: 'userCanceled' });
}

/** Windows moves it to the notification centre after some seconds, where it can still be pressed. */
export function timeOutNotification(): void {
  notifications.at(-1)?.emit('close', { reason: 'timedOut' });
}

function takeAway(notification: Notification): boolean {
  const index = notifications.indexOf(notification);
  if (index >= 0) notifications.splice(index, 1);
  return index >= 0;
}
