import type { GatewayChoice } from './settings.ts';

/** Whether two choices mean the same gateway. */
export function isSameChoice(a: GatewayChoice, b: GatewayChoice): boolean {
  if (a.mode === 'local' || b.mode === 'local') return a.mode === b.mode;
  return a.url === b.url && a.tlsFingerprint === b.tlsFingerprint;
}
