/** One attempt to connect: where, as whom, and each way in once until a door opens. */
import type { GatewayChoice } from '../../contract/settings.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type {
  ConnectOptions,
  DeviceIdentity,
  Gateway,
  GatewayAddress,
  GatewayCredential,
  GatewayFailure,
  GatewayFinder,
  GatewayListener,
  GatewaySession,
  Logger,
} from '../ports.ts';
import { swapBootstrapToken } from './bootstrap.ts';
import {
  blocked,
  judgeFailure,
  judgeFindFailure,
  type Blocked,
  type NextWay,
  type Verdict,
  type Wait,
} from './failure-policy.ts';
import { restingScopes, uncoveredScopes } from './scopes.ts';
import { waitForKeychain, waysIn, type WayIn } from './ways-in.ts';

export interface AttemptDeps {
  readonly gateway: Gateway;
  readonly finder: GatewayFinder;
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** How the gateway's lists name this app; unique per machine. */
  readonly displayName: string;
}

export interface AttemptHooks {
  /** False when the connection has moved on: nothing may be stored or kept open any more. */
  isCurrent(): boolean;
  located(address: GatewayAddress): void;
  readonly listener: GatewayListener;
}

export interface OpenConnection {
  readonly session: GatewaySession;
  /** Our own, at this gateway. */
  readonly deviceId: string;
  readonly address: GatewayAddress;
}

export type AttemptOutcome =
  | { readonly kind: 'open'; readonly connection: OpenConnection }
  | { readonly kind: 'abandoned' }
  | Wait
  | Blocked;

/** A bug of ours must not leave the connection standing still for ever. */
export async function attemptSafely(
  deps: AttemptDeps,
  choice: GatewayChoice,
  hooks: AttemptHooks,
): Promise<AttemptOutcome> {
  try {
    return await attempt(deps, choice, hooks);
  } catch (error: unknown) {
    deps.logger.log('error', 'gateway-attempt-threw', { error });
    return { kind: 'wait', reason: 'connection-lost', minDelayMs: 0 };
  }
}

async function attempt(
  deps: AttemptDeps,
  choice: GatewayChoice,
  hooks: AttemptHooks,
): Promise<AttemptOutcome> {
  const located = await deps.finder.locate(choice);
  if (!located.ok) return final(judgeFindFailure(located.error));
  const address = located.value;
  hooks.located(address);
  const identity = await deps.credentials.identity(address.id, () => deps.gateway.createIdentity());
  if (!identity.ok) return waitForKeychain(identity.error);

  let told = blocked('token-needed');
  for (const way of waysIn(address, deps.credentials, deps.finder)) {
    if (!hooks.isCurrent()) return { kind: 'abandoned' };
    const credential = await way.find();
    if (!credential.ok) return credential.error;
    if (credential.value === null) continue;
    const opened = await open(deps, hooks, address, identity.value, credential.value);
    if (opened.ok) {
      const { deviceId } = identity.value;
      return await keep(deps, hooks, way, { session: opened.value, address, deviceId });
    }
    const verdict = opened.error;
    deps.logger.log('info', 'gateway-way-in-failed', { way: way.name, verdict: verdict.kind });
    if (verdict.kind !== 'next-way') return withDeviceName(verdict, identity.value);
    const forgotten = verdict.forget && hooks.isCurrent() ? await way.forget() : ok(null);
    if (!forgotten.ok) return waitForKeychain(forgotten.error);
    // "A token is needed" is the weakest thing to say: a wrong token or missing scopes tell the owner more.
    if (verdict.otherwise.reason !== 'token-needed') told = verdict.otherwise;
  }
  return told;
}

async function open(
  deps: AttemptDeps,
  hooks: AttemptHooks,
  address: GatewayAddress,
  identity: DeviceIdentity,
  found: GatewayCredential,
): Promise<Result<GatewaySession, Verdict>> {
  const options: ConnectOptions = {
    address,
    identity,
    credential: found,
    role: 'operator',
    scopes: restingScopes,
    displayName: deps.displayName,
  };
  const credential: Result<GatewayCredential, GatewayFailure> =
    found.kind === 'bootstrap-token' ? await swapBootstrapToken(deps.gateway, options) : ok(found);
  if (!credential.ok) return refusedBy(deps.logger, credential.error);
  const connected = await deps.gateway.connect({ ...options, credential: credential.value }, hooks.listener);
  if (!connected.ok) return refusedBy(deps.logger, connected.error);
  const missing = uncoveredScopes(restingScopes, connected.value.hello.scopes);
  if (missing.length === 0) return connected;
  await connected.value.close();
  return fail(scopesMissing(missing));
}

/** The session is ours: remember the device token for the day the shared one changes. */
async function keep(
  deps: AttemptDeps,
  hooks: AttemptHooks,
  way: WayIn,
  connection: OpenConnection,
): Promise<AttemptOutcome> {
  const { session, address } = connection;
  if (!hooks.isCurrent()) {
    await session.close();
    return { kind: 'abandoned' };
  }
  const { deviceToken: token, scopes } = session.hello;
  if (way.name === 'device-token' || token === null) return { kind: 'open', connection };
  // Not saved: the connection is good all the same, and the next start finds its way in again.
  await deps.credentials.saveDeviceToken(address.id, { token, scopes });
  return { kind: 'open', connection };
}

function refusedBy(logger: Logger, failure: GatewayFailure): Result<never, Verdict> {
  const { code, detail, closeCode, message } = failure;
  logger.log('info', 'gateway-connect-failed', { code, detail, closeCode, message });
  return fail(judgeFailure(failure));
}

function scopesMissing(missing: readonly string[]): NextWay {
  return { kind: 'next-way', forget: true, otherwise: blocked('scopes-missing', missing.join(', ')) };
}

/** The owner has to recognise this app in the gateway's list of waiting devices. */
function withDeviceName(verdict: Wait | Blocked, identity: DeviceIdentity): Wait | Blocked {
  if (verdict.kind !== 'blocked' || verdict.reason !== 'pairing-needed') return verdict;
  return { ...verdict, detail: identity.deviceId.slice(0, 16) };
}

function final(verdict: Verdict): Wait | Blocked {
  return verdict.kind === 'next-way' ? verdict.otherwise : verdict;
}
