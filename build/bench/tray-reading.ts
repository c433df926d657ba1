/** Looks at the app's tray item the way a tray host does: when it is registered, and what its tooltip says. */
import { z } from 'zod';
import { BusService } from '../../electron/adapters/node/dbus/bus-service.ts';
import type { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import { trayTexts } from '../../electron/contract/strings.ts';
import { withDeadline } from './with-deadline.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const item = 'org.kde.StatusNotifierItem';
/** How the bus library gives a variant: its type, then the value in an array. */
const toolTipReply = z.tuple([z.unknown()]);

const startDeadlineMs = 60_000;

export interface TrayStart {
  /** `performance.now()` when a host could draw the item, with a text that was true. */
  readonly firstStateAt: number;
  readonly firstText: string;
  /** When it said that the gateway is connected and nobody waits. */
  readonly readyAt: number;
}

/** Follows the item of the app with this process id until it is ready; call it right after the process was spawned. */
export async function followTrayStart(bus: SessionBus, pid: number): Promise<TrayStart> {
  const service = new BusService(bus, `${item}-${pid}-1`);
  const first = Promise.withResolvers<{ readonly at: number; readonly text: string }>();
  const ready = Promise.withResolvers<number>();

  async function read(): Promise<void> {
    const reply = await service.call('/StatusNotifierItem', 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
      item,
      'ToolTip',
    ]);
    if (!reply.ok) return;
    const at = performance.now();
    const text = textIn(toolTipReply.parse(reply.value)[0]);
    if (text !== '') first.resolve({ at, text });
    if (text.endsWith(trayTexts.nobody)) ready.resolve(at);
  }

  const stops = [
    bus.onSignal({ path: '/StatusNotifierWatcher', interface: watcher }, ({ member }) => {
      if (member === 'StatusNotifierItemRegistered') void read();
    }),
    service.onSignal('/StatusNotifierItem', item, ({ member }) => {
      if (member === 'NewToolTip') void read();
    }),
  ];
  try {
    const { at, text } = await withDeadline('The first state in the tray', first.promise, startDeadlineMs);
    const readyAt = await withDeadline('Ready in the tray', ready.promise, startDeadlineMs);
    return { firstStateAt: at, firstText: text, readyAt };
  } finally {
    for (const stop of stops) stop();
    service.dispose();
  }
}

/** Icon name, pixmaps, title, text: the app says everything in the title. */
function textIn(toolTip: unknown): string {
  return z
    .array(z.unknown())
    .parse(toolTip)
    .flat(2)
    .filter((part) => typeof part === 'string')
    .join('');
}
