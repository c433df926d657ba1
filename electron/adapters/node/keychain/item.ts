/** What may be stored in the keychain, so that the same item works on every platform. */
import { appError, fail, ok, type Result } from '../../../contract/result.ts';

/** UTF-16 units. Windows takes 2560 bytes, which is 1280 units, minus some room. */
export const longestSecret = 1200;

/** `<gateway id>/<item>`; no dots, because names with dots can collide on Windows. */
const accountName = /^[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9_-]{1,100}$/;

export function checkAccount(account: string): Result<null> {
  if (accountName.test(account)) return ok(null);
  return badInput('This keychain item has an unusable name.');
}

export function checkSecret(value: string): Result<null> {
  if (value.length === 0) return badInput('An empty secret cannot be stored in the keychain.');
  if (value.length > longestSecret) {
    return badInput(
      `This secret is too long for the keychain (at most ${String(longestSecret)} characters).`,
    );
  }
  // Keychains hold C strings in UTF-8: these would come back as something else.
  if (value.includes('\0') || !value.isWellFormed()) {
    return badInput('This secret has characters the keychain cannot hold.');
  }
  return ok(null);
}

function badInput(message: string): Result<never> {
  return fail(appError('bad-input', message));
}
