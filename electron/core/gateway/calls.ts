/** How the rest of the app asks the gateway: one call, or an action that makes calls with more scopes than at rest. */
import type { Result } from '../../contract/result.ts';
import type { GatewaySession } from '../ports.ts';
import type { Connection } from './connection.ts';

export type Call = GatewaySession['request'];

/**
 * Runs one action, once, over a short second connection with more scopes; see elevation.ts.
 * @param action `deviceId` is the second connection's own; `bootId` names the start of the gateway it reached
 */
export type Elevate = <T>(
  scopes: readonly string[],
  action: (call: Call, deviceId: string, bootId: string) => Promise<T>,
) => Promise<Result<T>>;

export function elevatedCalls(connection: Pick<Connection, 'withElevation'>): Elevate {
  return async (scopes, action) =>
    connection.withElevation(scopes, (session, deviceId) =>
      action((...call) => session.request(...call), deviceId, session.hello.bootId),
    );
}
