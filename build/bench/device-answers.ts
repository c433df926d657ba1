/** Devices with ordinary scopes, answered by the app's notification and by a bare RPC in turns. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import { operatorConnects, deviceAsksToPair } from '../demo/visitors.ts';
import type { ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { waitUntil } from '../demo/wait-until.ts';
import { bareNotify, type NotificationWatch, type SeenNotification } from './notification-watch.ts';

const pairs = 30;
const warmUpPairs = 3;
/** Approve arms a second after a request appears; not counted. */
export const armedAfterMs = 1_200;
export const approverScopes = ['operator.read', 'operator.write', 'operator.pairing', 'operator.approvals'];
const eventDeadlineMs = 20_000;

/** Milliseconds, one per sample; `pressed` and `bareRpc` in pairs. */
export interface DeviceAnswers {
  readonly shown: readonly number[];
  readonly bareNotify: readonly number[];
  readonly pressed: readonly number[];
  readonly bareRpc: readonly number[];
}

export interface DeviceBench {
  readonly gateway: ThrowawayGateway;
  readonly notifications: NotificationWatch;
  /** A connection to the bus that does nothing else. */
  readonly bare: SessionBus;
}

const pairingEvent = z.object({ requestId: z.string(), decision: z.string().optional() });

export async function benchDevices({ gateway, notifications, bare }: DeviceBench): Promise<DeviceAnswers> {
  /** `<event> <request id>` → when a plain client heard it. */
  const heard = new Map<string, number>();
  const client = await operatorConnects(gateway, approverScopes, ({ event, payload }) => {
    const at = performance.now();
    if (event !== 'device.pair.requested' && event !== 'device.pair.resolved') return;
    const { requestId, decision } = pairingEvent.parse(payload);
    if (decision !== undefined && decision !== 'approved') throw new Error(`A device was ${decision}.`);
    heard.set(`${event} ${requestId}`, at);
  });
  const hears = (event: string, requestId: string): Promise<number> =>
    waitUntil(`${event} of ${requestId}`, () => heard.get(`${event} ${requestId}`), eventDeadlineMs, 5);

  const samples = {
    shown: [] as number[],
    bareNotify: [] as number[],
    pressed: [] as number[],
    bareRpc: [] as number[],
  };

  /** @param start begins the approval. @returns milliseconds until the gateway told everybody */
  async function answer(
    name: string,
    start: (shown: SeenNotification, requestId: string) => number,
  ): Promise<{ readonly shown: number; readonly answered: number }> {
    const { requestId } = await deviceAsksToPair(gateway, {
      name,
      scopes: ['operator.read', 'operator.write'],
    });
    const notification = await notifications.waitFor(name);
    const requestedAt = await hears('device.pair.requested', requestId);
    await delay(armedAfterMs);
    const startedAt = start(notification, requestId);
    const resolvedAt = await hears('device.pair.resolved', requestId);
    return { shown: notification.at - requestedAt, answered: resolvedAt - startedAt };
  }

  const press = (shown: SeenNotification): number => notifications.press(shown, 'Approve');
  const callRpc = (_: SeenNotification, requestId: string): number => {
    const at = performance.now();
    client.request('device.pair.approve', { requestId }).catch((error: unknown) => {
      console.error(`The bare RPC failed: ${String(error)}`);
    });
    return at;
  };

  for (let pair = 0; pair < warmUpPairs + pairs; pair += 1) {
    const number = String(pair).padStart(3, '0');
    // Who goes first changes, so that neither always finds the gateway warmer.
    const byApp = (): ReturnType<typeof answer> => answer(`Phone ${number}`, press);
    const byRpc = (): ReturnType<typeof answer> => answer(`Tablet ${number}`, callRpc);
    const first = pair % 2 === 0 ? await byApp() : await byRpc();
    const second = pair % 2 === 0 ? await byRpc() : await byApp();
    const notified = [await bareNotify(bare), await bareNotify(bare)];
    if (pair < warmUpPairs) continue;
    const [app, rpc] = pair % 2 === 0 ? [first, second] : [second, first];
    samples.shown.push(app.shown, rpc.shown);
    samples.bareNotify.push(...notified);
    samples.pressed.push(app.answered);
    samples.bareRpc.push(rpc.answered);
  }
  await client.stopAndWait();
  return samples;
}
