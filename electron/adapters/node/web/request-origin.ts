/** Is this request really from our own page? Pure checks of Host and Origin. */
import type { IncomingHttpHeaders } from 'node:http';

export type OriginVerdict = 'ours' | 'wrong-host' | 'wrong-origin';

/**
 * SECURITY: an exact Host stops DNS rebinding (a foreign name that resolves to 127.0.0.1), an exact Origin stops
 * other pages in the same browser.
 *
 * @param originRequired false only for plain page loads, which browsers send without Origin
 */
export function judgeOrigin(
  headers: IncomingHttpHeaders,
  ownHost: string,
  originRequired: boolean,
): OriginVerdict {
  if (headers.host !== ownHost) return 'wrong-host';
  if (headers.origin === undefined) return originRequired ? 'wrong-origin' : 'ours';
  return headers.origin === `http://${ownHost}` ? 'ours' : 'wrong-origin';
}
