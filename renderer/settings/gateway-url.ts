/**
 * Explains a wrong gateway address before anything is sent. The app checks again with the contract's schema; a test
 * keeps the two in agreement.
 */

const longest = 300;
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** @returns what is wrong with it, or null */
export function gatewayUrlProblem(text: string): string | null {
  if (text === '') return 'Enter the address, for example wss://gateway.example:18789';
  if (text.length > longest) return 'This address is too long.';
  if (/[@?#]/.test(text)) return 'Leave user, query and token out of the address.';
  const url = URL.parse(text);
  if (url === null || !/^wss?:$/.test(url.protocol)) {
    return 'This is not a gateway address. It looks like wss://gateway.example:18789';
  }
  if (url.protocol === 'ws:' && !loopback.test(url.hostname)) {
    return 'Use wss:// here. Plain ws:// would send your token readable over the network.';
  }
  return null;
}

/** Accepts the usual spellings. Empty means a publicly trusted certificate. @returns what is wrong, or null */
export function fingerprintProblem(text: string): string | null {
  const digits = text.replaceAll(':', '').trim();
  return digits === '' || /^[0-9a-f]{64}$/i.test(digits)
    ? null
    : 'A SHA-256 fingerprint has 64 hex digits, with or without colons.';
}

/** The one stored spelling, or null for none. */
export function plainFingerprint(text: string): string | null {
  const digits = text.replaceAll(':', '').trim().toLowerCase();
  return digits === '' ? null : digits;
}
