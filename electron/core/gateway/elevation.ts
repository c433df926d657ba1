/**
 * More rights for one action: a second, short connection with a key of its own that is never stored. The action runs
 * once and is never repeated; afterwards, also after a failure, the gateway forgets the key.
 */
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type {
  Gateway,
  GatewayAddress,
  GatewayCredential,
  GatewayFinder,
  GatewaySession,
  Logger,
} from '../ports.ts';
import { forgetKey, type OneTimeKeys } from './one-time-keys.ts';
import { ownerScopes, uncoveredScopes } from './scopes.ts';
import { deafListener } from './token-rotation.ts';
import { waysIn } from './ways-in.ts';
import { withdrawRequest } from './withdraw-request.ts';

export interface ElevationDeps {
  readonly gateway: Gateway;
  readonly finder: GatewayFinder;
  readonly credentials: Credentials;
  readonly logger: Logger;
  readonly displayName: string;
  readonly address: GatewayAddress;
  /** The connection at rest, for taking the key back when the short connection broke. Null when it is gone. */
  readonly resting: () => GatewaySession | null;
  readonly keys: Pick<OneTimeKeys, 'use' | 'leave'>;
}

/** Removing a device, ourselves included, needs this one. */
const REMOVAL_SCOPE = 'operator.pairing';

export async function withElevation<T>(
  deps: ElevationDeps,
  scopes: readonly string[],
  /** @param deviceId the short-lived key's, which is in the gateway's list meanwhile */
  action: (session: GatewaySession, deviceId: string) => Promise<T>,
): Promise<Result<T>> {
  const identity = deps.gateway.createIdentity();
  deps.keys.use(identity.deviceId);
  const session = await openElevated(deps, scopes, identity);
  if (!session.ok) return session;
  try {
    return ok(await action(session.value, identity.deviceId));
  } finally {
    await takeBack(deps, session.value, identity.deviceId);
    await session.value.close();
  }
}

async function openElevated(
  deps: ElevationDeps,
  scopes: readonly string[],
  identity: ReturnType<Gateway['createIdentity']>,
): Promise<Result<GatewaySession>> {
  let tried = false;
  const { finder, address, credentials } = deps;
  // A device token gives its own device's rights, and this key is new.
  const ways = waysIn(address, credentials, finder).filter(({ name }) => name !== 'device-token');
  for (const way of ways) {
    const found = await way.find();
    if (!found.ok || found.value === null) continue;
    const credential = found.value;
    tried = true;
    const connected = await deps.gateway.connect(
      {
        address,
        identity,
        credential,
        role: 'operator',
        scopes: scopesFor(credential, scopes),
        displayName: `${deps.displayName} (one-time)`,
      },
      deafListener,
    );
    if (!connected.ok) {
      const { code, detail } = connected.error;
      deps.logger.log('warn', 'elevation-refused', { with: credential.kind, code, detail });
      if (detail === 'PAIRING_REQUIRED') await withdraw(deps, identity.deviceId);
      continue;
    }
    if (uncoveredScopes(scopes, connected.value.hello.scopes).length === 0) return connected;
    await takeBack(deps, connected.value, identity.deviceId);
    await connected.value.close();
  }
  return fail(tried ? refused : noWay);
}

function scopesFor(credential: GatewayCredential, scopes: readonly string[]): readonly string[] {
  return credential.kind === 'bootstrap-token' ? ownerScopes : [...new Set([...scopes, REMOVAL_SCOPE])];
}

async function takeBack(deps: ElevationDeps, session: GatewaySession, deviceId: string): Promise<void> {
  if (await forgetKey(session, deviceId)) return;
  const resting = deps.resting();
  if (resting === null || !(await forgetKey(resting, deviceId))) deps.keys.leave(deviceId);
}

async function withdraw({ resting, logger }: ElevationDeps, deviceId: string): Promise<void> {
  const session = resting();
  if (session !== null && (await withdrawRequest(session, deviceId))) return;
  logger.log('warn', 'elevation-request-left-pending', { deviceId });
}

const noWay = appError(
  'elevation-failed',
  'This needs more rights than Portcullis has here. Answer it with OpenClaw on the machine the gateway runs on.',
);
const refused = appError(
  'elevation-failed',
  'The gateway did not grant the rights this needs. Nothing was approved.',
);
