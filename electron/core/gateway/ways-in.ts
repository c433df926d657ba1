/**
 * The ways to prove who we are, in the order we try them. What we were given before comes first; a token that is
 * plainly in the config costs nothing; the one-time bootstrap token takes seconds but works with every local gateway.
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
    {
      name: 'device-token',
      find: async () => {
        const stored = await credentials.deviceToken(address.id);
        if (!stored.ok) return fail(waitForKeychain(stored.error));
        return ok(stored.value === null ? null : { kind: 'device-token', token: stored.value.token });
      },
      forget: () => credentials.forgetDeviceToken(address.id),
    },
    {
      name: 'typed-token',
      find: async () => {
        const stored = await credentials.sharedToken(address.id);
        if (!stored.ok) return fail(waitForKeychain(stored.error));
        return ok(stored.value === null ? null : { kind: 'shared-token', token: stored.value });
      },
      forget: () => credentials.forgetSharedToken(address.id),
    },
    { name: 'configured', find: () => found(finder.configured(address)), forget: nothingKept },
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
