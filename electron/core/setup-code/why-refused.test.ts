import { expect, it } from 'vitest';
import { whyRefused } from './why-refused.ts';

it.each([
  ['loopback-only', { gateway: { bind: 'loopback', auth: { mode: 'token' } } }],
  ['loopback-only', { gateway: { bind: 'auto', remote: { url: ' ' } }, plugins: { entries: {} } }],
  ['loopback-only', { gateway: { bind: 7, tailscale: { mode: 'off' } } }],
  ['loopback-only', {}],
  ['no-auth', { gateway: { bind: 'loopback', auth: { mode: 'none' } } }],
  ['no-auth', { gateway: { bind: 'lan', auth: { mode: 'none' } } }],
  ['other', { gateway: { bind: 'lan' } }],
  ['other', { gateway: { bind: 'loopback', tailscale: { mode: 'serve' } } }],
  ['other', { gateway: { remote: { url: 'wss://gateway.example' } } }],
  ['other', { plugins: { entries: { 'device-pair': { config: { publicUrl: 'ws://example.com' } } } } }],
])('the reason is %s for the config %o', (why, resolved) => {
  expect(whyRefused({ resolved })).toBe(why);
});

it.each([[null], ['text'], [{ resolved: 'text' }], [{}]])(
  'the reason is unknown for the answer %o',
  (answer) => {
    expect(whyRefused(answer)).toBe('other');
  },
);
