/** Electron's default session. `webRequest.onBeforeRequest` decides over real requests; the rest is recorded. */
import { EventEmitter } from 'node:events';
import { protocol } from './custom-schemes.ts';
import { note } from './recorded.ts';

interface RequestDetails {
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
}
type BeforeRequest = (
  details: RequestDetails,
  answer: (response: { readonly cancel?: boolean }) => void,
) => void;

let beforeRequest: BeforeRequest | null = null;

class Session extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null): void => {
      beforeRequest = listener;
    },
  };
  setPermissionRequestHandler = (): void => note('session.setPermissionRequestHandler');
  setPermissionCheckHandler = (): void => note('session.setPermissionCheckHandler');
  setDevicePermissionHandler = (): void => note('session.setDevicePermissionHandler');
}

export const session = { defaultSession: new Session() };

/** @param details with the URL as main code knows it */
export function isCancelled(details: RequestDetails): Promise<boolean> {
  return new Promise((resolve) => {
    if (beforeRequest === null) resolve(false);
    else
      beforeRequest(details, ({ cancel }) => {
        resolve(cancel === true);
      });
  });
}
