/** How the connected gateway is named to the owner, and whether two choices mean the same one. */
import type { GatewayChoice } from '../../contract/settings.ts';
import type { GatewayLabel } from '../../contract/snapshot.ts';
import type { GatewayAddress, GatewayHello } from '../ports.ts';

export function labelOf(address: GatewayAddress, hello: GatewayHello | null): GatewayLabel {
  return {
    address: address.url.replace(/^wss?:\/\//, '').replace(/\/.*$/, ''),
    remote: address.remote,
    version: hello?.serverVersion ?? null,
  };
}

export function isSameChoice(a: GatewayChoice, b: GatewayChoice): boolean {
  if (a.mode === 'local' || b.mode === 'local') return a.mode === b.mode;
  return a.url === b.url && a.tlsFingerprint === b.tlsFingerprint;
}
