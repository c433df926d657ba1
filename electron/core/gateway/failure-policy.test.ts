import { describe, expect, it } from 'vitest';
import type { GatewayFailure } from '../ports.ts';
import { judgeFailure, judgeFindFailure, type Verdict } from './failure-policy.ts';

function failure(facts: Partial<GatewayFailure>): GatewayFailure {
  return {
    code: 'INVALID_REQUEST',
    detail: null,
    message: 'words',
    retryable: false,
    retryAfterMs: null,
    closeCode: null,
    ...facts,
  };
}

function refusal(detail: string): Partial<GatewayFailure> {
  return { detail };
}

function wait(reason: string, minDelayMs = 0): object {
  return { kind: 'wait', reason, minDelayMs };
}

function blocked(reason: string, detail: string | null = null): object {
  return { kind: 'blocked', reason, detail };
}

function nextWay(reason: string, forget: boolean): object {
  return { kind: 'next-way', forget, otherwise: blocked(reason) };
}

const rows: readonly [what: string, facts: Partial<GatewayFailure>, verdict: object][] = [
  ['a wrong shared token', refusal('AUTH_TOKEN_MISMATCH'), nextWay('token-wrong', true)],
  ['a wrong password', refusal('AUTH_PASSWORD_MISMATCH'), nextWay('token-wrong', true)],
  ['a wrong device token', refusal('AUTH_DEVICE_TOKEN_MISMATCH'), nextWay('token-needed', true)],
  ['a used bootstrap token', refusal('AUTH_BOOTSTRAP_TOKEN_INVALID'), nextWay('token-needed', true)],
  ['no token', refusal('AUTH_TOKEN_MISSING'), nextWay('token-needed', false)],
  ['no password', refusal('AUTH_PASSWORD_MISSING'), nextWay('token-needed', false)],
  ['a gateway without a token', refusal('AUTH_TOKEN_NOT_CONFIGURED'), nextWay('token-needed', false)],
  ['a device token with fewer scopes', refusal('AUTH_SCOPE_MISMATCH'), nextWay('scopes-missing', true)],
  ['pairing asked for', { code: 'NOT_PAIRED', detail: 'PAIRING_REQUIRED' }, blocked('pairing-needed')],
  [
    'too many wrong tokens',
    { detail: 'AUTH_RATE_LIMITED', retryable: true, retryAfterMs: 299_987 },
    blocked('rate-limited', 'Try again in 5 minutes.'),
  ],
  [
    'too many wrong tokens, almost over',
    { detail: 'AUTH_RATE_LIMITED', retryable: true, retryAfterMs: 400 },
    blocked('rate-limited', 'Try again in 1 minute.'),
  ],
  ['an older protocol', refusal('PROTOCOL_OLDER'), blocked('protocol-too-old')],
  ['a newer protocol', refusal('PROTOCOL_NEWER'), blocked('protocol-too-new')],
  ['another protocol', refusal('PROTOCOL_MISMATCH'), blocked('protocol-too-new')],
  [
    'another certificate',
    { code: 'TLS', detail: 'TLS_FINGERPRINT', message: 'ab12' },
    blocked('tls-changed', 'ab12'),
  ],
  [
    'an unknown certificate',
    { code: 'TLS', detail: 'TLS_UNTRUSTED', message: 'ab12' },
    blocked('tls-changed', 'ab12'),
  ],
  [
    'a bad signature',
    refusal('DEVICE_AUTH_SIGNATURE_INVALID'),
    blocked('refused', 'DEVICE_AUTH_SIGNATURE_INVALID: words'),
  ],
  [
    'a refused origin',
    refusal('CONTROL_UI_ORIGIN_NOT_ALLOWED'),
    blocked('refused', 'CONTROL_UI_ORIGIN_NOT_ALLOWED: words'),
  ],
  [
    'a gateway that starts',
    { code: 'UNAVAILABLE', detail: 'startup-sidecars', retryable: true, retryAfterMs: 700 },
    wait('starting', 700),
  ],
  [
    'a gateway that starts and names no delay',
    { code: 'UNAVAILABLE', retryable: true },
    wait('starting', 500),
  ],
  [
    'an upgrade refused for now',
    { code: 'UNAVAILABLE', detail: 'HTTP_503', retryable: true },
    wait('starting', 500),
  ],
  ['nobody there', { code: 'UNREACHABLE', detail: 'ECONNREFUSED', retryable: true }, wait('not-running')],
  ['an unknown host', { code: 'UNREACHABLE', detail: 'ENOTFOUND', retryable: true }, wait('no-answer')],
  ['a silent server', { code: 'NO_ANSWER', retryable: true }, wait('no-answer')],
  ['a server of another kind', { code: 'BAD_ANSWER' }, wait('no-answer')],
  ['a request without answer', { code: 'TIMEOUT', retryable: true }, wait('no-answer')],
  ['a restart', { code: 'CONNECTION_LOST', retryable: true, closeCode: 1012 }, wait('starting', 500)],
  [
    'a close while starting',
    { code: 'CONNECTION_LOST', retryable: true, closeCode: 1013 },
    wait('starting', 500),
  ],
  ['a lost socket', { code: 'CONNECTION_LOST', retryable: true, closeCode: 1006 }, wait('connection-lost')],
  [
    'a tick that never came',
    { code: 'CONNECTION_LOST', retryable: true, closeCode: 4000 },
    wait('connection-lost'),
  ],
  [
    'a device taken off the list',
    { code: 'CONNECTION_LOST', retryable: true, closeCode: 4001 },
    nextWay('pairing-needed', true),
  ],
  [
    'a close without a reason',
    { code: 'CONNECTION_LOST', retryable: true, closeCode: 1008 },
    blocked('refused', 'CONNECTION_LOST: words'),
  ],
  ['an unknown refusal', { code: 'FORBIDDEN' }, blocked('refused', 'FORBIDDEN: words')],
  [
    'an unknown refusal that passes',
    { code: 'BUSY', retryable: true, retryAfterMs: 9_000 },
    wait('connection-lost', 9_000),
  ],
];

describe('judgeFailure', () => {
  it.each(rows)('%s', (_what, facts, verdict) => {
    expect(judgeFailure(failure(facts))).toEqual(verdict);
  });

  it('shows the words of a refusal only as bounded printable text', () => {
    const hostile = failure({ code: 'NO', message: `\u202e<b>${'x'.repeat(400)}` });
    const verdict = judgeFailure(hostile);
    expect(verdict).toEqual(blocked('refused', `NO:  <b>${'x'.repeat(192)}`));
  });
});

describe('judgeFindFailure', () => {
  const finds: readonly [Parameters<typeof judgeFindFailure>[0], Verdict | object][] = [
    ['not-found', wait('not-found')],
    ['not-running', wait('not-running')],
    ['starting', wait('starting', 500)],
    ['no-credential', nextWay('token-needed', false)],
    ['unreadable', blocked('refused', "OpenClaw's config file could not be understood.")],
  ];
  it.each(finds)('%s', (found, verdict) => {
    expect(judgeFindFailure(found)).toEqual(verdict);
  });
});
