/** The bench's notification daemon: stamps the moment it is asked to show something, and presses buttons. */
import type {
  AskedToShow,
  NotificationDaemonDouble,
} from '../../electron/adapters/node/notifications/notification-daemon.double.ts';
import type { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import { waitUntil } from '../demo/wait-until.ts';

export interface SeenNotification {
  readonly asked: AskedToShow;
  /** `performance.now()` when the daemon was asked. */
  readonly at: number;
}

const showDeadlineMs = 30_000;
const daemonDeadlineMs = 10_000;

export class NotificationWatch {
  readonly #daemon: NotificationDaemonDouble;
  readonly #seen: SeenNotification[] = [];

  constructor(daemon: NotificationDaemonDouble) {
    this.#daemon = daemon;
    daemon.beforeAnswer = (asked) => {
      this.#seen.push({ asked, at: performance.now() });
    };
  }

  /** The first notification whose title says this. @throws Error when none comes */
  waitFor(words: string): Promise<SeenNotification> {
    return waitUntil(
      `A notification about ${words}`,
      () => this.#seen.find(({ asked }) => asked.title.includes(words)),
      showDeadlineMs,
      10,
    );
  }

  /** @returns `performance.now()` just before the signal went out */
  press({ asked }: SeenNotification, label: string): number {
    const key = asked.actions[asked.actions.indexOf(label) - 1];
    if (key === undefined) throw new Error(`"${asked.title}" has no button ${label}.`);
    const at = performance.now();
    this.#daemon.press(asked.number, key);
    return at;
  }
}

/** The least a notification can cost: one Notify, there and back. @returns milliseconds */
export async function bareNotify(bus: SessionBus): Promise<number> {
  const at = performance.now();
  const reply = await bus.call({
    destination: 'org.freedesktop.Notifications',
    path: '/org/freedesktop/Notifications',
    interface: 'org.freedesktop.Notifications',
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: [
      'bench',
      0,
      '',
      'Bare',
      'A body of about the usual length.',
      ['a', 'Deny', 'b', 'Approve'],
      [],
      -1,
    ],
  });
  if (!reply.ok) throw new Error(`The bench's own Notify failed: ${reply.error.kind}.`);
  return performance.now() - at;
}

export async function waitForDaemon(bus: SessionBus): Promise<void> {
  await waitUntil(
    'The bench notification daemon',
    async () => ((await hasOwner(bus)) ? true : undefined),
    daemonDeadlineMs,
  );
}

async function hasOwner(bus: SessionBus): Promise<boolean> {
  const reply = await bus.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
    signature: 's',
    body: ['org.freedesktop.Notifications'],
  });
  return reply.ok && reply.value[0] === true;
}
