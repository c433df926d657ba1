/** What the connection at rest may do, from how the gateway let us in. */
import type { GatewayHello } from '../ports.ts';
import { seesOnlyOwn, type HeldAuthority } from '../requests/scopes.ts';

export const noAuthority: HeldAuthority = { scopes: [], ownDeviceOnly: false };

export function restingAuthority({ scopes, authMethod }: GatewayHello): HeldAuthority {
  return { scopes, ownDeviceOnly: authMethod === 'device-token' };
}

/** The lists of devices and nodes hold our own requests only; whoever asks from now on is still announced. */
export function isLimited(hello: GatewayHello): boolean {
  return seesOnlyOwn('device', restingAuthority(hello));
}
