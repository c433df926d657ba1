/** How the connected gateway is named to the owner. */
import type { GatewayLabel } from '../../contract/snapshot.ts';
import type { GatewayAddress, GatewayHello } from '../ports.ts';

export function labelOf(address: GatewayAddress, hello: GatewayHello | null): GatewayLabel {
  return {
    address: address.url.replace(/^wss?:\/\//, '').replace(/\/.*$/, ''),
    remote: address.remote,
    version: hello?.serverVersion ?? null,
  };
}
