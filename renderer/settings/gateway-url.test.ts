import { describe, expect, it } from 'vitest';
import { gatewayUrl, tlsFingerprint } from '../../electron/contract/settings.ts';
import { fingerprintProblem, gatewayUrlProblem, plainFingerprint } from './gateway-url.ts';

describe('the window and the app agree on gateway addresses', () => {
  it.each([
    'wss://gateway.example:18789',
    'wss://gateway.example',
    'wss://10.0.0.4:18789/path',
    'ws://127.0.0.1:18789',
    'ws://localhost:18789',
    'ws://[::1]:18789',
    'ws://gateway.example:18789',
    'ws://127.0.0.1.evil.example',
    'http://gateway.example',
    'gateway.example:18789',
    'wss://user:secret@gateway.example',
    'wss://gateway.example/?token=abc',
    'wss://gateway.example/#abc',
    `wss://${'a'.repeat(300)}.example`,
    'wss://',
    '',
    'javascript:alert(1)',
  ])('%s', (text) => {
    expect(gatewayUrlProblem(text) === null).toBe(gatewayUrl.safeParse(text).success);
  });
});

describe('the window and the app agree on fingerprints', () => {
  const digits = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  it.each([
    digits,
    digits.toUpperCase(),
    digits.replace(/(..)(?=.)/g, '$1:'),
    ` ${digits} `,
    `${digits}0`,
    'xyz',
  ])('%s', (text) => {
    const parsed = tlsFingerprint.safeParse(text);
    expect(fingerprintProblem(text) === null).toBe(parsed.success);
    if (parsed.success) expect(plainFingerprint(text)).toBe(parsed.data);
  });

  it('an empty one means a publicly trusted certificate', () => {
    expect([fingerprintProblem(''), plainFingerprint('')]).toEqual([null, null]);
  });
});
