import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';

const redactor = createRedactor({ home: '/srv/people/eva' });
const hex = '3f9a0c77d1e24b5c8a6f0b1d2c3e4f5a6b7c8d9e0f1a2b3c';
const base64url = 'k7Qz1-Vb9_tR3xYw8LmN2pHc5sDf0GjA6uEoI4rTyXk';
const pem =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqir\n-----END PRIVATE KEY-----';

describe('redacted text', () => {
  it.each([
    { name: 'a PEM block', text: `key ${pem} end`, expected: 'key [PEM] end' },
    { name: 'a PEM block cut off', text: pem.slice(0, 60), expected: '[PEM]' },
    {
      name: 'a bearer',
      text: 'Authorization: Bearer abc.def-123',
      expected: 'Authorization: Bearer [secret]',
    },
    { name: 'a basic login', text: 'basic ZXZhOnBhc3M=', expected: 'basic [secret]' },
    {
      name: 'a login in a URL',
      text: 'wss://eva:pw@gate.example/x',
      expected: 'wss://[secret]@gate.example/x',
    },
    {
      name: 'a token in a query',
      text: 'ws://127.0.0.1:18789/?token=abc123&x=1',
      expected: 'ws://127.0.0.1:18789/?token=[secret]&x=1',
    },
    {
      name: 'a bootstrap token in a fragment',
      text: 'http://127.0.0.1:1/#bootstrapToken=a.b',
      expected: 'http://127.0.0.1:1/#bootstrapToken=[secret]',
    },
    {
      name: 'a token in JSON',
      text: '{"deviceToken":"a b","n":1}',
      expected: '{"deviceToken":[secret],"n":1}',
    },
    {
      name: 'a token in JSON in JSON',
      text: '{\\"token\\":\\"ab\\",\\"n\\":1}',
      expected: '{\\"token\\":[secret],\\"n\\":1}',
    },
    {
      name: 'a password in words',
      text: 'password: hunter2, try again',
      expected: 'password: [secret], try again',
    },
    {
      name: 'an environment variable',
      text: 'OPENCLAW_GATEWAY_TOKEN=xyz',
      expected: 'OPENCLAW_GATEWAY_TOKEN=[secret]',
    },
    { name: 'a hex token', text: `got ${hex}.`, expected: 'got [secret, 48 characters].' },
    { name: 'a base64url token', text: base64url, expected: '[secret, 43 characters]' },
    {
      name: 'a set-up code',
      text: 'code eyJ1cmwiOiJ3c3M6Ly9ndy5leGFtcGxlIn0 made',
      expected: 'code [secret, 35 characters] made',
    },
    { name: 'a phone number', text: 'from +49 (151) 2345-6789!', expected: 'from [number …789]!' },
    { name: 'a bare phone number', text: 'from 4915123456789', expected: 'from [number …789]' },
    { name: 'a US phone number', text: '15551234567', expected: '[number …567]' },
    { name: 'an e-mail address', text: 'from eva.m+x@mail.example.org', expected: 'from [address …org]' },
    { name: 'a messenger address', text: '4915123456789@s.whatsapp.net', expected: '[address …net]' },
    { name: "the owner's home", text: '/srv/people/eva/.config/x', expected: '~/.config/x' },
    { name: "anyone's home", text: 'open /home/bob/x', expected: 'open ~/x' },
    { name: 'a home on macOS', text: '/Users/bob/Library', expected: '~/Library' },
    { name: 'a home on Windows', text: 'C:\\Users\\bob\\AppData', expected: '~\\AppData' },
  ])('hides $name', ({ text, expected }) => {
    expect(redactor.text(text)).toBe(expected);
  });

  it.each([
    'The gateway said: token expired',
    'AUTH_TOKEN_MISMATCH',
    'AUTH_BOOTSTRAP_TOKEN_EXPIRED_OR_ALREADY_USED_2',
    'credential kind device-token',
    'device.pair.requested 4f9c2f5e-7a1b-4c1d-9e8f-0a1b2c3d4e5f',
    'at 1763680325123 and 1763680325',
    'version 2026.9.6, port 18789, pid 1234567',
    'ws://127.0.0.1:18789/bridge',
    'approvePairingRequestFromNotificationPanelOnDesktop2',
    'this-is-a-rather-long-name-of-a-test-file-in-kebab-case-2',
    '2026-11-20T23:12:05.123Z',
    '/srv/people/evangeline/x',
    '/usr/lib/x86_64-linux-gnu/libsecret-1.so.0',
    'a @ b, 3 + 4 = 7',
  ])('leaves "%s" as it is', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  it('never shows the first half of a secret at the place where it is cut', () => {
    const shown = redactor.text(`${'x '.repeat(990)}${hex.repeat(4)} end`);
    expect(shown).not.toContain(hex.slice(0, 8));
    expect(redactor.text(`${'x '.repeat(7990)}${hex.repeat(400)}`)).not.toContain(hex.slice(0, 8));
  });

  it('bounds long text and says how long it was', () => {
    const shown = redactor.text('word '.repeat(10_000));
    expect(shown.length).toBeLessThan(2_050);
    expect(shown.endsWith('… (50000 characters)')).toBe(true);
  });
});

describe('redacted facts', () => {
  it('hides values by the name they have, at any depth', () => {
    expect(
      redactor.facts({
        token: 'short',
        connect: { deviceToken: 'x y', password: '', privateKeyPem: pem, gatewayApiKey: 'k' },
        headers: { Cookie: ['a=b'], authorization: Buffer.from('x') },
        credential: { kind: 'device-token', token: 'abc' },
        tokens: 3,
        hasToken: true,
        tokenKind: 'device-token',
      }),
    ).toEqual({
      token: '[secret, 5 characters]',
      connect: {
        deviceToken: '[secret, 3 characters]',
        password: '',
        privateKeyPem: `[secret, ${String(pem.length)} characters]`,
        gatewayApiKey: '[secret, 1 characters]',
      },
      headers: { Cookie: '[secret]', authorization: '[secret]' },
      credential: { kind: 'device-token', token: '[secret, 3 characters]' },
      tokens: 3,
      hasToken: true,
      tokenKind: 'device-token',
    });
  });

  it('hides what stands in texts, lists, names and errors', () => {
    const error = new Error(`no: token=${base64url}`, { cause: new Error('from eva@mail.example') });
    const shown = JSON.stringify(
      redactor.facts({ list: [hex], [`+4915123456789`]: 1, error, set: new Set([hex]) }),
    );
    for (const secret of [hex, base64url, '4915123456789', 'eva@']) expect(shown).not.toContain(secret);
    expect(shown).toContain('no: token=[secret]');
  });

  it('reads dates and addresses as text, and redacts that', () => {
    expect(redactor.facts({ at: new Date(0), no: new Date(NaN), url: new URL('ws://h/?token=abc') })).toEqual(
      {
        at: '1970-01-01T00:00:00.000Z',
        no: null,
        url: 'ws://h/?token=[secret]',
      },
    );
  });

  it('turns everything into plain bounded data', () => {
    const loop: Record<string, unknown> = {};
    loop['again'] = loop;
    const facts = redactor.facts({
      loop,
      bytes: new Uint8Array(5),
      big: 5n,
      when: new Date(0),
      map: new Map([['a', 1]]),
      run: () => 1,
      nothing: null,
      many: Array.from({ length: 60 }, (_, n) => n),
      get broken(): never {
        throw new Error('no');
      },
    });
    expect(facts).toBe('[unreadable]');
    expect(redactor.facts({ loop })).toEqual({
      loop: { again: { again: { again: { again: { again: '[more]' } } } } },
    });
    expect(
      redactor.facts({
        bytes: new Uint8Array(5),
        big: 5n,
        when: new Date(0),
        map: new Map([['a', 1]]),
        run: () => 1,
      }),
    ).toEqual({
      bytes: '[5 bytes]',
      big: '5',
      when: '1970-01-01T00:00:00.000Z',
      map: { a: 1 },
      run: '[function]',
    });
    expect(redactor.facts(Array.from({ length: 60 }, (_, n) => n))).toEqual([
      ...Array.from({ length: 50 }, (_, n) => n),
      '[10 more]',
    ]);
  });
});
