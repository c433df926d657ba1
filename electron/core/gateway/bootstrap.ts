/**
 * From a one-time bootstrap token to a device token that holds no more than we need. The bootstrap token opens the
 * owner's full scopes or nothing, so the device token it yields is swapped at once for a smaller one: over a connection
 * of its own, because the gateway hands a new token only to the device that came with the old one, and then hangs up.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ConnectOptions, Gateway, GatewayCredential, GatewayFailure } from '../ports.ts';
import { localFailure } from './local-failure.ts';
import { ownerScopes } from './scopes.ts';
import { deafListener, rotateDeviceToken } from './token-rotation.ts';

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

  const rotated = await rotateDeviceToken(gateway, {
    ...options,
    credential: { kind: 'device-token', token: ownerToken },
  });
  return rotated.ok ? ok({ kind: 'device-token', token: rotated.value }) : rotated;
}
