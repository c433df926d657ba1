/**
 * The ways to prove who we are, in the order we try them. The shared token or password comes first where we have it:
 * to a session that came with a device token and no admin scope, the gateway shows only that device's own requests and
 * lets it deny no other (measured on 2026.9.6). Then the device token; last the one-time bootstrap token, which takes
 * seconds but works with every local gateway.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Credentials, KeychainTrouble } from '../credentials/credentials.ts';
import type { GatewayAddress, GatewayCredential, GatewayFinder } from '../ports.ts';
import { judgeFindFailure, type Blocked, type Wait } from './failure-policy.ts';

export interface WayIn {
  readonly name: 'device-token' | 'typed-token' | 'configured' | 'bootstrap';
  /** null: this way is not there. */
  find(): Promise<Result<GatewayCredential | null, Wait | Blocked>>;
  /** The credential is worthless: do not keep it. */
  forget(): Promise<Result<null, KeychainTrouble>>;
}

export function waysIn(
  address: GatewayAddress,
  credentials: Credentials,
  finder: GatewayFinder,
): readonly WayIn[] {
  const nothingKept = (): Promise<Result<null, KeychainTrouble>> => Promise.resolve(ok(null));
  return [
    { name: 'configured', find: () => found(finder.configured(address)), forget: nothingKept },
    {
      name: 'typed-token',
      find: async () => {
        const stored = await credentials.sharedToken(address.id);
        if (!stored.ok) return fail(waitForKeychain(stored.error));
        return ok(stored.value === null ? null : { kind: 'shared-token', token: stored.value });
      },
      forget: () => credentials.forgetSharedToken(address.id),
    },
    {
      name: 'device-token',
      find: async () => {
        const stored = await credentials.deviceToken(address.id);
        if (!stored.ok) return fail(waitForKeychain(stored.error));
        return ok(stored.value === null ? null : { kind: 'device-token', token: stored.value.token });
      },
      forget: () => credentials.forgetDeviceToken(address.id),
    },
    { name: 'bootstrap', find: () => found(finder.bootstrap(address)), forget: nothingKept },
  ];
}

/** The store tells when it can be read again; the timer is only for a store that cannot tell. */
const KEYCHAIN_DELAY_MS = 30_000;

export function waitForKeychain(reason: KeychainTrouble): Wait {
  return { kind: 'wait', reason, minDelayMs: KEYCHAIN_DELAY_MS };
}

async function found(
  search: ReturnType<GatewayFinder['configured']>,
): Promise<Result<GatewayCredential | null, Wait | Blocked>> {
  const outcome = await search;
  if (outcome.ok) return outcome;
  const verdict = judgeFindFailure(outcome.error);
  return verdict.kind === 'next-way' ? ok(null) : fail(verdict);
}
