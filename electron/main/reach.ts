/** What the composed parts ask about the connection: whether there is one, and to which gateway. */
import type { GatewayLabel } from '../contract/snapshot.ts';
import type { Connection } from '../core/gateway/connection.ts';

export interface Reach {
  readonly isReady: () => boolean;
  readonly isLocal: () => boolean;
  /** Also while it is away; null: none was found yet. */
  readonly gateway: () => GatewayLabel | null;
  readonly ownDeviceId: () => string | null;
  /** Names the start of the gateway we are connected to; empty: not connected, or it does not tell. */
  readonly bootId: () => string;
}

export function reachOf(connection: Pick<Connection, 'view' | 'address' | 'ownDeviceId' | 'hello'>): Reach {
  return {
    isReady: () => connection.view.state === 'ready',
    isLocal: () => connection.address?.remote === false,
    gateway: () => (connection.view.state === 'stopped' ? null : connection.view.gateway),
    ownDeviceId: () => connection.ownDeviceId,
    bootId: () => connection.hello?.bootId ?? '',
  };
}
