/** Where plain Node cannot arrange to be started at login: macOS and Windows keep lists that only an app may enter. */
import { loginItemTexts, noLoginItem } from '../../../contract/login-item.ts';
import { appError, fail, ok } from '../../../contract/result.ts';
import type { LoginItem } from '../../../core/login-item-ports.ts';

export const unavailableLoginItem: LoginItem = {
  read: () => Promise.resolve(ok(noLoginItem)),
  set: () => Promise.resolve(fail(appError('unsupported', loginItemTexts.unavailable))),
};
