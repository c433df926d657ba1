/**
 * A device token for another one. Over a connection of its own, because the gateway hands a new token only to the
 * device that came with the old one, and then hangs up on every connection of that device.
 */
import { z } from 'zod';
import { peopleErrorTexts } from '../../contract/people-texts.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type {
  ConnectOptions,
  Gateway,
  GatewayAddress,
  GatewayFailure,
  GatewayListener,
  Logger,
} from '../ports.ts';
import { localFailure } from './local-failure.ts';
import { restingScopes } from './scopes.ts';

const rotatedSchema = z.object({ token: z.string().min(1).max(1_000) });

/** Nothing on a short connection is worth hearing. */
export const deafListener: GatewayListener = {
  event: () => undefined,
  gap: () => undefined,
  closed: () => undefined,
};

/** @param options with the device token as credential; the new token has exactly its scopes */
export async function rotateDeviceToken(
  gateway: Gateway,
  options: ConnectOptions,
): Promise<Result<string, GatewayFailure>> {
  const session = await gateway.connect(options, deafListener);
  if (!session.ok) return session;
  const rotated = await session.value.request('device.token.rotate', {
    deviceId: options.identity.deviceId,
    role: options.role,
    scopes: options.scopes,
  });
  await session.value.close();
  if (!rotated.ok) return rotated;
  const parsed = rotatedSchema.safeParse(rotated.value);
  return parsed.success
    ? ok(parsed.data.token)
    : fail(localFailure('BAD_ANSWER', 'The gateway gave no new device token.'));
}

export interface RotationParts {
  readonly gateway: Gateway;
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** How the gateway's lists name this app. */
  readonly displayName: string;
}

/** Replaces our own token at this gateway and keeps the new one in the keychain. No other connection may be open. */
export async function rotateOwnToken(parts: RotationParts, address: GatewayAddress): Promise<Result<null>> {
  const { credentials, gateway, logger, displayName } = parts;
  const stored = await credentials.deviceToken(address.id);
  const identity = await credentials.identity(address.id, () => gateway.createIdentity());
  if (!stored.ok || !identity.ok) return fail(appError('keychain-unavailable', keychainText, true));
  if (stored.value === null) return fail(appError('unsupported', peopleErrorTexts.noOwnToken));
  const rotated = await rotateDeviceToken(gateway, {
    address,
    identity: identity.value,
    credential: { kind: 'device-token', token: stored.value.token },
    role: 'operator',
    scopes: restingScopes,
    displayName,
  });
  if (!rotated.ok) {
    const { code, detail } = rotated.error;
    logger.log('warn', 'own-token-not-rotated', { code, detail });
    return fail(appError('gateway-refused', peopleErrorTexts.refused, true));
  }
  const kept = await credentials.saveDeviceToken(address.id, { token: rotated.value, scopes: restingScopes });
  return kept.ok ? ok(null) : fail(appError('keychain-unavailable', peopleErrorTexts.tokenNotKept));
}

const keychainText = 'The keychain cannot be read now. Unlock it and try again; nothing was changed.';
