/** Keeps a gateway token the owner typed, under the gateway it is meant for. */
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { GatewayChoice } from '../../contract/settings.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { GatewayFinder } from '../ports.ts';

export interface TypedTokenDeps {
  readonly finder: GatewayFinder;
  readonly credentials: Credentials;
}

export async function keepTypedToken(
  { finder, credentials }: TypedTokenDeps,
  choice: GatewayChoice,
  token: string,
): Promise<Result<null>> {
  const located = await finder.locate(choice);
  if (!located.ok) {
    return fail(appError('not-connected', 'No gateway was found that this token could be for.', true));
  }
  const saved = await credentials.saveSharedToken(located.value.id, token);
  if (saved.ok) return ok(null);
  const message = 'The keychain is not available, so the token was not kept. Unlock it and try again.';
  return fail(appError('keychain-unavailable', message, true));
}
