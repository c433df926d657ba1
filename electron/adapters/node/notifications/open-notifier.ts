/** Chooses how the plain Node host notifies on this platform. */
import type { Logger, Notifier } from '../../../core/ports.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { DbusNotifier, type NotifierIdentity } from './dbus-notifier.ts';
import { LookHereNotifier } from './look-here-notifier.ts';

export async function openNotifier(
  platform: 'linux' | 'darwin' | 'win32',
  bus: SessionBus,
  identity: NotifierIdentity,
  log: Logger,
): Promise<Notifier> {
  if (platform === 'linux') return new DbusNotifier(bus, identity, log);
  // Loaded only where it is used: it brings half a dozen packages along.
  const { default: nodeNotifier } = await import('node-notifier');
  return new LookHereNotifier((notification, callback) => nodeNotifier.notify(notification, callback), log);
}
