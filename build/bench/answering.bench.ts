/**
 * What the owner waits for: from a request at the gateway to its notification, and from the button to the gateway's
 * confirmation. Each press takes turns with the same approval as one bare RPC of a plain client, which is the least it
 * can take; chat contacts also with the command line, the way without Portcullis.
 */
import { NotificationDaemonDouble } from '../../electron/adapters/node/notifications/notification-daemon.double.ts';
import { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import { stopPart } from '../../e2e/desktop/bench.ts';
import { keepLines, lineOf } from './bench-line.ts';
import { inBenchWorld } from './bench-world.ts';
import { benchChats } from './chat-answers.ts';
import { benchCommandLine } from './command-line.ts';
import { benchDevices } from './device-answers.ts';
import { NotificationWatch, waitForDaemon } from './notification-watch.ts';

/** Median against median; the two take turns, so a busy machine slows both. */
const pressTarget = { of: 'ratio', bound: 'at-most', value: 1.3 } as const;

// The daemon of the desktop draws windows and is pressed through them; this one is exact to the millisecond.
await stopPart('notifications');
const daemon = new NotificationDaemonDouble(['actions', 'body']);
try {
  await inBenchWorld(async (world) => {
    await waitForDaemon(world.bus);
    const notifications = new NotificationWatch(daemon);
    const bare = new SessionBus({ log: () => undefined });
    try {
      await world.startApp();
      const devices = await benchDevices({ gateway: world.gateway, notifications, bare });
      const chats = await benchChats({ gateway: world.gateway, notifications, bus: world.bus });
      const commandLine = await benchCommandLine(world.gateway);
      await keepLines('answering', [
        lineOf({
          name: 'request event → notification shown',
          unit: 'ms',
          measured: devices.shown,
          baseline: { name: 'bare Notify, there and back', samples: devices.bareNotify, paired: true },
          target: null,
        }),
        lineOf({
          name: 'Approve pressed → confirmed, device',
          unit: 'ms',
          measured: devices.pressed,
          baseline: { name: 'one bare RPC', samples: devices.bareRpc, paired: false },
          target: pressTarget,
        }),
        lineOf({
          name: 'Approve pressed → shown as confirmed, chat',
          unit: 'ms',
          measured: chats.pressed,
          baseline: { name: 'one bare RPC', samples: chats.bareRpc, paired: false },
          target: pressTarget,
        }),
        lineOf({
          name: 'the same by openclaw pairing list + approve',
          unit: 'ms',
          measured: commandLine,
          baseline: { name: 'Approve pressed → shown as confirmed', samples: chats.pressed, paired: false },
          target: { of: 'ratio', bound: 'at-least', value: 500 },
        }),
      ]);
    } finally {
      await bare.close();
    }
  });
} finally {
  await daemon.stop();
}
