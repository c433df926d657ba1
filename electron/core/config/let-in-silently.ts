/**
 * Whether the gateway lets a new key of ours in by itself, as it did with the one at rest
 * (docs/GATEWAY-PROTOCOL.md#first-connects).
 */
import { z } from 'zod';
import type { Call } from '../gateway/calls.ts';

const wire = z.object({
  paired: z.array(z.object({ deviceId: z.string(), approvedVia: z.string().nullish() })),
});

/** Else an elevation would only make another request that somebody has to approve over there. */
export async function isLetInSilently(request: Call, ownDeviceId: string | null): Promise<boolean> {
  const answer = await request('device.pair.list', {});
  const parsed = answer.ok ? wire.safeParse(answer.value) : null;
  if (parsed?.success !== true) return false;
  const own = parsed.data.paired.find(({ deviceId }) => deviceId === ownDeviceId);
  return own?.approvedVia === 'silent';
}
