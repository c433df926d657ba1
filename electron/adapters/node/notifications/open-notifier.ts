/** Chooses how the plain Node host notifies on this platform. */
import nodeNotifier from 'node-notifier';
import type { Logger, Notifier } from '../../../core/ports.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { DbusNotifier, type NotifierIdentity } from './dbus-notifier.ts';
import { LookHereNotifier } from './look-here-notifier.ts';

export function openNotifier(
  platform: 'linux' | 'darwin' | 'win32',
  bus: SessionBus,
  identity: NotifierIdentity,
  log: Logger,
): Notifier {
  if (platform === 'linux') return new DbusNotifier(bus, identity, log);
  return new LookHereNotifier((notification, callback) => nodeNotifier.notify(notification, callback), log);
}
