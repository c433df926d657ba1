/**
 * More rights for one action: a second, short connection with a key of its own that is never stored. The action runs
 * once and is never repeated; afterwards, also after a failure, the gateway forgets the key.
 */
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type {
  Gateway,
  GatewayAddress,
  GatewayCredential,
  GatewayFinder,
  GatewaySession,
  Logger,
} from '../ports.ts';
import { ownerScopes, uncoveredScopes } from './scopes.ts';
import { deafListener } from './token-rotation.ts';

export interface ElevationDeps {
  readonly gateway: Gateway;
  readonly finder: GatewayFinder;
  readonly logger: Logger;
  readonly displayName: string;
  readonly address: GatewayAddress;
  /** The connection at rest, for taking the key back when the short connection broke. Null when it is gone. */
  readonly resting: () => GatewaySession | null;
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
  const { finder, address } = deps;
  for (const find of [() => finder.configured(address), () => finder.bootstrap(address)]) {
    const credential = await find();
    if (!credential.ok) continue;
    tried = true;
    const connected = await deps.gateway.connect(
      {
        address,
        identity,
        credential: credential.value,
        role: 'operator',
        scopes: scopesFor(credential.value, scopes),
        displayName: `${deps.displayName} (one-time)`,
      },
      deafListener,
    );
    if (!connected.ok) {
      const { code, detail } = connected.error;
      deps.logger.log('warn', 'elevation-refused', { with: credential.value.kind, code, detail });
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

/** The gateway answers, then closes the connection of the removed device. */
async function takeBack(deps: ElevationDeps, session: GatewaySession, deviceId: string): Promise<void> {
  const removed = await session.request('device.pair.remove', { deviceId });
  if (removed.ok) return;
  const second = await deps.resting()?.request('device.pair.remove', { deviceId });
  if (second?.ok === true) return;
  // Its key is gone with this function, so nobody can use the entry; the owner may still want to tidy up.
  deps.logger.log('error', 'elevated-device-left-paired', { deviceId, code: removed.error.code });
}

const noWay = appError(
  'elevation-failed',
  'This needs more rights than Portcullis has here. Answer it with OpenClaw on the machine the gateway runs on.',
);
const refused = appError(
  'elevation-failed',
  'The gateway did not grant the rights this needs. Nothing was approved.',
);
