/**
 * Strangers on a chat channel, answered by the app's notification and by a bare RPC in turns. The gateway has no event
 * for these: the app's part ends when its tray counts one less, which it does once the gateway has confirmed, and the
 * bare RPC's with its answer.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayClient } from '@openclaw/gateway-client';
import { z } from 'zod';
import type { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import type { ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { operatorConnects, strangerWrites } from '../demo/visitors.ts';
import { waitUntil } from '../demo/wait-until.ts';
import { approverScopes, armedAfterMs } from './device-answers.ts';
import type { NotificationWatch } from './notification-watch.ts';
import { withDeadline } from './with-deadline.ts';

/** The app finds strangers on a beat of ten seconds, which is what each pair takes. */
const pairs = 20;
const requestDeadlineMs = 30_000;

/** Milliseconds, one per sample, in pairs. */
export interface ChatAnswers {
  readonly pressed: readonly number[];
  readonly bareRpc: readonly number[];
}

export interface ChatBench {
  readonly gateway: ThrowawayGateway;
  readonly notifications: NotificationWatch;
  readonly bus: SessionBus;
}

const pairingList = z.object({
  requests: z.array(
    z.object({ senderId: z.string(), requestId: z.string(), channel: z.string(), accountId: z.string() }),
  ),
});

export async function benchChats({ gateway, notifications, bus }: ChatBench): Promise<ChatAnswers> {
  const client = await operatorConnects(gateway, approverScopes, () => undefined);
  const samples = { pressed: [] as number[], bareRpc: [] as number[] };

  for (let pair = 0; pair < pairs; pair += 1) {
    const number = String(pair).padStart(3, '0');
    const mine = `+1555124${number}1`;
    const theirs = `+1555124${number}2`;
    for (const sender of [mine, theirs]) await strangerWrites(gateway, sender, 'Hello?');
    const notification = await notifications.waitFor(mine);
    await notifications.waitFor(theirs);
    const target = await pendingOf(client, theirs);
    await delay(armedAfterMs);

    // The app first: it would notice the other approval in between, and count one less for another reason.
    const counted = nextTrayText(bus);
    const pressedAt = notifications.press(notification, 'Approve');
    samples.pressed.push((await counted) - pressedAt);
    const calledAt = performance.now();
    await client.request('channels.pairing.approve', { ...target, notify: false });
    samples.bareRpc.push(performance.now() - calledAt);
  }
  await client.stopAndWait();
  return samples;
}

/** @returns `performance.now()` when the app's tray item next tells that its text has changed */
async function nextTrayText(bus: SessionBus): Promise<number> {
  const changed = Promise.withResolvers<number>();
  const stop = bus.onSignal(
    { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' },
    ({ member }) => {
      if (member === 'NewToolTip') changed.resolve(performance.now());
    },
  );
  try {
    return await withDeadline('A new text in the tray', changed.promise, requestDeadlineMs);
  } finally {
    stop();
  }
}

/** Waits until the gateway lists the request. @returns what the pairing calls want to know of it */
export function pendingOf(client: GatewayClient, sender: string): Promise<Readonly<Record<string, string>>> {
  return waitUntil(
    `The request of ${sender}`,
    async () => {
      const { requests } = pairingList.parse(await client.request('channels.pairing.list', {}));
      const found = requests.find(({ senderId }) => senderId === sender);
      if (found === undefined) return undefined;
      const { requestId, channel, accountId } = found;
      return { requestId, channel, accountId };
    },
    requestDeadlineMs,
  );
}
