/** What the connection at rest may do, from how the gateway let us in. */
import type { GatewayHello } from '../ports.ts';
import type { HeldAuthority } from '../requests/scopes.ts';

/** Nothing, while there is no session. */
export function restingAuthority(hello: GatewayHello | null): HeldAuthority {
  return { scopes: hello?.scopes ?? [], ownDeviceOnly: hello?.authMethod === 'device-token' };
}
