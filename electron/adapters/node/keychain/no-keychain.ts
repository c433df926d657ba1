/**
 * Port SecretStore that keeps nothing, for the demo: what it is told lives in memory until the app quits, and nothing
 * of a throw-away gateway ever gets into the owner's keychain.
 */
import { appError, fail, type Result } from '../../../contract/result.ts';
import type { SecretStore } from '../../../core/ports.ts';

const none = <T>(): Promise<Result<T>> =>
  Promise.resolve(fail(appError('keychain-unavailable', 'Portcullis was started without the keychain.')));

export const noKeychain: SecretStore = {
  state: 'absent',
  onState: () => () => undefined,
  get: () => none(),
  set: () => none(),
  delete: () => none(),
};
