/**
 * From a one-time bootstrap token to a device token that holds no more than we need. The bootstrap token opens the
 * owner's full scopes or nothing, so the device token it yields is swapped at once for a smaller one: over a connection
 * of its own, because the gateway hands a new token only to the device that came with the old one, and then hangs up.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type {
  ConnectOptions,
  Gateway,
  GatewayCredential,
  GatewayFailure,
  GatewayListener,
} from '../ports.ts';
import { localFailure } from './local-failure.ts';
import { ownerScopes } from './scopes.ts';

const rotatedSchema = z.object({ token: z.string().min(1).max(1_000) });

/** Nothing on the way there is worth hearing; only the last connection is used. */
export const deafListener: GatewayListener = {
  event: () => undefined,
  gap: () => undefined,
  closed: () => undefined,
};

/** @param options the final connection's, with the bootstrap token as its credential */
export async function swapBootstrapToken(
  gateway: Gateway,
  options: ConnectOptions,
): Promise<Result<GatewayCredential, GatewayFailure>> {
  const first = await gateway.connect({ ...options, scopes: ownerScopes }, deafListener);
  if (!first.ok) return first;
  await first.value.close();
  const ownerToken = first.value.hello.deviceToken;
  if (ownerToken === null) return fail(localFailure('BAD_ANSWER', 'The gateway gave no device token.'));

  const credential: GatewayCredential = { kind: 'device-token', token: ownerToken };
  const second = await gateway.connect({ ...options, credential }, deafListener);
  if (!second.ok) return second;
  const rotated = await second.value.request('device.token.rotate', {
    deviceId: options.identity.deviceId,
    role: options.role,
    scopes: options.scopes,
  });
  await second.value.close();
  if (!rotated.ok) return rotated;
  const parsed = rotatedSchema.safeParse(rotated.value);
  if (!parsed.success) return fail(localFailure('BAD_ANSWER', 'The gateway gave no smaller device token.'));
  return ok({ kind: 'device-token', token: parsed.data.token });
}
