/** Response headers of the window's files, the same in both hosts but for where the page may connect to. */

/**
 * SECURITY: the page runs only files we shipped: no inline script or style, no eval, no frames, no forms, no base.
 *
 * @param connect `'none'` in Electron (IPC is not a connection), `'self'` in the browser host (the bridge)
 */
export function contentSecurityPolicy(connect: "'none'" | "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function windowHeaders(connect: "'none'" | "'self'"): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
