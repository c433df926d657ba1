/**
 * What a failure means for the connection (docs/GATEWAY-PROTOCOL.md#first-connects): wait and try again, stop until the
 * owner acts, or try another way in. Decided by codes, never by the gateway's words.
 */
import { assertNever } from '../../contract/result.ts';
import type { BlockedReason, WaitReason } from '../../contract/snapshot.ts';
import type { FindFailure, GatewayFailure } from '../ports.ts';

export interface Wait {
  readonly kind: 'wait';
  readonly reason: WaitReason;
  readonly minDelayMs: number;
}
export interface Blocked {
  readonly kind: 'blocked';
  readonly reason: BlockedReason;
  readonly detail: string | null;
}
/** This credential does not open the door. */
export interface NextWay {
  readonly kind: 'next-way';
  /** It never will again: do not keep it. */
  readonly forget: boolean;
  /** What the owner is told when no other way is left. */
  readonly otherwise: Blocked;
}
export type Verdict = Wait | Blocked | NextWay;

const STARTING_DELAY_MS = 500;

/** WebSocket close codes with a meaning of their own; every other one is a lost connection. */
const CLOSE_POLICY_VIOLATION = 1008;
const CLOSE_SERVICE_RESTART = 1012;
const CLOSE_TRY_AGAIN_LATER = 1013;
const CLOSE_DEVICE_REMOVED = 4001;

/** A refused or broken connect, or the end of a session. */
export function judgeFailure(failure: GatewayFailure): Verdict {
  const byDetail = failure.detail === null ? null : judgeDetail(failure.detail, failure);
  return byDetail ?? judgeCode(failure);
}

export function judgeFindFailure(failure: FindFailure): Verdict {
  switch (failure) {
    case 'not-found':
    case 'not-running':
      return wait(failure);
    case 'starting':
      return wait(failure, STARTING_DELAY_MS);
    case 'no-credential':
      return nextWay(blocked('token-needed'));
    case 'unreadable':
      return blocked('refused', "OpenClaw's config file could not be understood.");
    default:
      return assertNever(failure);
  }
}

function judgeDetail(detail: string, failure: GatewayFailure): Verdict | null {
  switch (detail) {
    case 'AUTH_TOKEN_MISMATCH':
    case 'AUTH_PASSWORD_MISMATCH':
      return nextWay(blocked('token-wrong'), 'forget');
    case 'AUTH_DEVICE_TOKEN_MISMATCH':
    case 'AUTH_BOOTSTRAP_TOKEN_INVALID':
    case 'DEVICE_AUTH_DEVICE_ID_MISMATCH':
      return nextWay(blocked('token-needed'), 'forget');
    case 'AUTH_REQUIRED':
    case 'AUTH_UNAUTHORIZED':
    case 'AUTH_TOKEN_MISSING':
    case 'AUTH_TOKEN_NOT_CONFIGURED':
    case 'AUTH_PASSWORD_MISSING':
    case 'AUTH_PASSWORD_NOT_CONFIGURED':
      return nextWay(blocked('token-needed'));
    case 'AUTH_SCOPE_MISMATCH':
      return nextWay(blocked('scopes-missing'), 'forget');
    case 'AUTH_RATE_LIMITED':
      return blocked('rate-limited', tryAgainIn(failure.retryAfterMs));
    case 'PAIRING_REQUIRED':
      return blocked('pairing-needed');
    case 'PROTOCOL_OLDER':
      return blocked('protocol-too-old');
    case 'PROTOCOL_NEWER':
    case 'PROTOCOL_MISMATCH':
    case 'CLIENT_VERSION_MISMATCH':
      return blocked('protocol-too-new');
    case 'TLS_FINGERPRINT':
    case 'TLS_UNTRUSTED':
      // The adapter puts the fingerprint that the server shows now into the message.
      return blocked('tls-changed', plain(failure.message));
    case 'HTTP_503':
      return wait('starting', failure.retryAfterMs ?? STARTING_DELAY_MS);
    case 'ECONNREFUSED':
      return wait('not-running');
    default:
      return null;
  }
}

function judgeCode(failure: GatewayFailure): Verdict {
  const delay = failure.retryAfterMs ?? 0;
  switch (failure.code) {
    case 'UNREACHABLE':
    case 'NO_ANSWER':
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return wait('no-answer', delay);
    case 'CONNECTION_LOST':
      return judgeClose(failure);
    case 'UNAVAILABLE':
      return failure.retryable
        ? wait('starting', failure.retryAfterMs ?? STARTING_DELAY_MS)
        : refused(failure);
    default:
      return failure.retryable ? wait('connection-lost', delay) : refused(failure);
  }
}

function judgeClose(failure: GatewayFailure): Verdict {
  switch (failure.closeCode) {
    case CLOSE_SERVICE_RESTART:
    case CLOSE_TRY_AGAIN_LATER:
      return wait('starting', failure.retryAfterMs ?? STARTING_DELAY_MS);
    case CLOSE_DEVICE_REMOVED:
      return nextWay(blocked('pairing-needed'), 'forget');
    case CLOSE_POLICY_VIOLATION:
      return refused(failure);
    default:
      return wait('connection-lost', failure.retryAfterMs ?? 0);
  }
}

function wait(reason: WaitReason, minDelayMs = 0): Wait {
  return { kind: 'wait', reason, minDelayMs };
}

export function blocked(reason: BlockedReason, detail: string | null = null): Blocked {
  return { kind: 'blocked', reason, detail };
}

function nextWay(otherwise: Blocked, keep?: 'forget'): NextWay {
  return { kind: 'next-way', forget: keep === 'forget', otherwise };
}

function refused(failure: GatewayFailure): Blocked {
  return blocked('refused', plain(`${failure.detail ?? failure.code}: ${failure.message}`));
}

function tryAgainIn(ms: number | null): string | null {
  if (ms === null) return null;
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return `Try again in ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}.`;
}

/** Words from outside, safe to show: printable ASCII only, bounded. */
function plain(words: string): string {
  return words.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
}
