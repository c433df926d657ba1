/** Failures we find ourselves, in the shape of the gateway's. */
import type { GatewayFailure } from '../ports.ts';

export function localFailure(code: string, message: string, retryable = false): GatewayFailure {
  return { code, detail: null, message, retryable, retryAfterMs: null, closeCode: null };
}
