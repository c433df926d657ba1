/** Turns whatever the official client reports into the one failure shape of the port. */
import { GatewayClientRequestError, GatewayClientRequestTimeoutError } from '@openclaw/gateway-client';
import { z } from 'zod';
import type { GatewayFailure } from '../../../core/ports.ts';

const MESSAGE_LIMIT = 300;
const OUR_PROTOCOL = 4;

const details = z.object({
  code: z.string().max(100).optional().catch(undefined),
  reason: z.string().max(100).optional().catch(undefined),
  httpStatus: z.number().optional().catch(undefined),
  expectedProtocol: z.number().optional().catch(undefined),
});

const systemError = z.object({ code: z.string().max(100) });

/** OpenSSL's verdicts on a certificate nobody vouches for, as Node reports them in `error.code`. */
const untrustedCertificate: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export function gatewayFailure(
  code: string,
  message: string,
  more: Partial<Omit<GatewayFailure, 'code' | 'message'>> = {},
): GatewayFailure {
  return {
    code,
    message: message.slice(0, MESSAGE_LIMIT),
    detail: null,
    retryable: false,
    retryAfterMs: null,
    closeCode: null,
    ...more,
  };
}

/** The gateway's own error answer, or null when the error is not one. */
export function failureFromAnswer(error: unknown): GatewayFailure | null {
  if (!(error instanceof GatewayClientRequestError)) return null;
  return gatewayFailure(error.gatewayCode, error.message, {
    detail: detailOf(error.details),
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs ?? null,
  });
}

export function failureFromRequest(error: unknown): GatewayFailure {
  const answer = failureFromAnswer(error);
  if (answer !== null) return answer;
  if (error instanceof GatewayClientRequestTimeoutError) {
    return gatewayFailure('TIMEOUT', 'The gateway did not answer in time.', { retryable: true });
  }
  return connectionLost(null);
}

/** Why a socket never opened: nobody there, or a certificate nobody vouches for. */
export function failureFromSocket(error: unknown): GatewayFailure {
  const parsed = systemError.safeParse(error);
  const code = parsed.success ? parsed.data.code : null;
  const message = error instanceof Error ? error.message : 'The connection could not be opened.';
  if (code !== null && untrustedCertificate.has(code)) {
    return gatewayFailure('TLS', message, { detail: 'TLS_UNTRUSTED' });
  }
  return gatewayFailure('UNREACHABLE', message, { detail: code, retryable: true });
}

export function connectionLost(closeCode: number | null): GatewayFailure {
  const how = closeCode === null ? '' : ` (close code ${String(closeCode)})`;
  return gatewayFailure('CONNECTION_LOST', `The connection ended${how}.`, { retryable: true, closeCode });
}

function detailOf(value: unknown): string | null {
  const parsed = details.safeParse(value);
  if (!parsed.success) return null;
  const { code, reason, httpStatus, expectedProtocol } = parsed.data;
  if (httpStatus !== undefined) return `HTTP_${String(httpStatus)}`;
  if (code === 'PROTOCOL_MISMATCH' && expectedProtocol !== undefined) {
    return expectedProtocol < OUR_PROTOCOL ? 'PROTOCOL_OLDER' : 'PROTOCOL_NEWER';
  }
  return code ?? reason ?? null;
}
