/**
 * `protocol.handle` for schemes Chromium does not know. Such a page is loaded from an address of its own under
 * `.localhost` that no server ever answers: every request is stopped before it leaves and given to the handler. Main
 * code sees `app://host/…`; only the page's own `location` differs.
 */
import { onlyBeforeReady } from './acting.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, SchemeHandler>();
const suffix = '.electron-stand-in.localhost';
const blobPrefix = 'blob:';

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly { readonly scheme: string }[]): void => {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged()');
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  /** Pages of a scheme without privileges would have no origin, no storage and no fetch. */
  handle: (scheme: string, handler: SchemeHandler): void => {
    if (!privileged.has(scheme)) throw new Error(`Scheme ${scheme} was not registered as privileged.`);
    if (handlers.has(scheme)) throw new Error(`Scheme ${scheme} is handled already.`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

/** app://portcullis/index.html → http://portcullis.app.electron-stand-in.localhost/index.html; others unchanged. */
export function toLoadable(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !handlers.has(parsed.protocol.slice(0, -1))) return url;
  return `http://${parsed.host}.${parsed.protocol.slice(0, -1)}${suffix}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** The other way round, for everything main code gets to see. */
export function toOwn(url: string): string {
  if (url.startsWith(blobPrefix)) return `${blobPrefix}${toOwn(url.slice(blobPrefix.length))}`;
  const parsed = URL.parse(url);
  if (parsed?.hostname.endsWith(suffix) !== true) return url;
  const [scheme = '', ...host] = parsed.hostname.slice(0, -suffix.length).split('.').toReversed();
  return `${scheme}://${host.toReversed().join('.')}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** @returns null when this is no request for a handled scheme */
export function handlerFor(ownUrl: string): SchemeHandler | null {
  return handlers.get(URL.parse(ownUrl)?.protocol.slice(0, -1) ?? '') ?? null;
}
