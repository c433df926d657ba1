/**
 * Strangers on a chat channel, answered by the app's notification and by a bare RPC in turns. The gateway has no event
 * for these, so both end when it tells the contact: the moment the channel's program is asked to send.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayClient } from '@openclaw/gateway-client';
import { z } from 'zod';
import type { ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { connectOnlooker, strangerWrites } from '../demo/visitors.ts';
import { waitUntil } from '../demo/wait-until.ts';
import { approverScopes, armedAfterMs } from './device-answers.ts';
import type { NotificationWatch } from './notification-watch.ts';

/** The app finds strangers on a beat of ten seconds, which is what each of these takes. */
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
}

const pairingList = z.object({
  requests: z.array(
    z.object({ senderId: z.string(), requestId: z.string(), channel: z.string(), accountId: z.string() }),
  ),
});

export async function benchChats({ gateway, notifications }: ChatBench): Promise<ChatAnswers> {
  const client = await connectOnlooker(gateway, approverScopes, () => undefined);
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

    const byApp = (): Promise<number> =>
      untilTold(gateway, mine, () => {
        notifications.press(notification, 'Approve');
      });
    const byRpc = (): Promise<number> =>
      untilTold(gateway, theirs, () => {
        client.request('channels.pairing.approve', { ...target, notify: true }).catch((error: unknown) => {
          console.error(`The bare RPC failed: ${String(error)}`);
        });
      });
    if (pair % 2 === 0) samples.pressed.push(await byApp());
    samples.bareRpc.push(await byRpc());
    if (pair % 2 === 1) samples.pressed.push(await byApp());
  }
  await client.stopAndWait();
  return samples;
}

/** Clock times of two processes of one machine; exact to a millisecond. */
async function untilTold(gateway: ThrowawayGateway, sender: string, approve: () => void): Promise<number> {
  const startedAt = Date.now();
  approve();
  const told = await gateway.imsg.waitForSent(
    (message) => gateway.imsg.isFor(sender, message) && message.text.includes('approved'),
  );
  return Date.parse(told.at) - startedAt;
}

function pendingOf(client: GatewayClient, sender: string): Promise<Readonly<Record<string, string>>> {
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
