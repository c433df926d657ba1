/** Takes a pairing request of our own back: the gateway asked its owner about a one-time key instead of letting it in. */
import { z } from 'zod';
import type { GatewaySession } from '../ports.ts';

const wire = z.object({ pending: z.array(z.object({ deviceId: z.string(), requestId: z.string() })) });

/** @returns false when it still waits there; it ends by itself after five minutes */
export async function withdrawRequest(
  session: Pick<GatewaySession, 'request'>,
  deviceId: string,
): Promise<boolean> {
  const answer = await session.request('device.pair.list', {});
  const parsed = answer.ok ? wire.safeParse(answer.value) : null;
  const own = parsed?.data?.pending.find((request) => request.deviceId === deviceId);
  if (own === undefined) return false;
  const rejected = await session.request('device.pair.reject', { requestId: own.requestId });
  return rejected.ok;
}
