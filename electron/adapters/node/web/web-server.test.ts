import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { openTokenLifeMs } from './open-tokens.ts';
import { RunningServers } from './running-servers.fixture.ts';
import { call, enter, Tab, tokenOf } from './tab.double.ts';
import type { WebServer } from './web-server.ts';

let servers: RunningServers;
let server: WebServer;

beforeEach(async () => {
  servers = new RunningServers();
  server = await servers.start(servedAppDouble());
});

afterEach(() => servers.stop());

describe('the files of the window', () => {
  it.each([
    ['/', 'text/html', 'no-store', '<!doctype html><title>Window</title>'],
    ['/assets/main-1a2b.js?v=1', 'text/javascript', 'max-age=31536000, immutable', 'export {};'],
  ])('come with their type, and only the page is never cached: %s', async (url, type, caching, body) => {
    const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': caching };
    expect(await call(server.origin, { path: url })).toMatchObject({ status: 200, body, headers });
  });

  it('come under a strict policy and leave no cookie', async () => {
    const { headers } = await call(server.origin, { path: '/' });
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each([
    '/../private.html',
    '/assets/../../private.html',
    '/%2e%2e/private.html',
    '/..%2fprivate.html',
    '/..\\private.html',
    '//etc/passwd',
    '/link.html',
    '/.env',
    '/source.map',
    '/assets',
    '/assets/',
    '/nothing.html',
    '/session',
    '/bridge',
    '/index.html%00.js',
  ])('are a closed list: %s is 404', async (url) => {
    expect(await call(server.origin, { path: url })).toMatchObject({ status: 404, body: '' });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('cannot be asked for with %s', async (method) => {
    const headers = { origin: server.origin };
    expect((await call(server.origin, { path: '/', method, headers })).status).toBe(405);
    expect((await call(server.origin, { path: '/', method })).status).toBe(403);
  });

  it('answers HEAD without a body', async () => {
    expect(await call(server.origin, { path: '/', method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    ['a foreign Host (DNS rebinding)', { host: 'evil.example' }],
    ['a foreign Host with our port', { host: 'evil.example:PORT' }],
    ['localhost, which is another site to the browser', { host: 'localhost:PORT' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['our Origin on another port', { origin: 'http://127.0.0.1:1' }],
  ])('are refused to %s', async (_case, headers) => {
    const port = new URL(server.origin).port;
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)]),
    );
    expect((await call(server.origin, { path: '/', headers: sent })).status).toBe(403);
  });
});

describe('an invitation', () => {
  /** @returns the close code of a tab that comes with it, or null when it is let in */
  async function refusalOf(invitation: string): Promise<number | null> {
    const tab = new Tab(server.origin, { token: tokenOf(invitation) });
    const refusal = await Promise.race([tab.closed, tab.secret().then(() => null)]);
    tab.socket.terminate();
    return refusal;
  }

  it('carries its token in the fragment and lets one tab in, once', async () => {
    const invitation = server.invite();
    expect(invitation).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#open=[\w-]{43}$/);
    expect(await refusalOf(invitation)).toBeNull();
    expect(await refusalOf(invitation)).toBe(4001);
  });

  it('tells its maker when it was used', async () => {
    let used = 0;
    const invitation = server.invite(() => (used += 1));
    expect(await refusalOf(`${server.origin}/#open=not-the-token`)).toBe(4001);
    expect(used).toBe(0);
    await enter(server.origin, invitation);
    expect(used).toBe(1);
  });

  it('lapses after five minutes', async () => {
    const [inTime, late] = [server.invite(), server.invite()];
    servers.timers.advance(openTokenLifeMs);
    expect(await refusalOf(inTime)).toBeNull();
    servers.timers.advance(1);
    expect(await refusalOf(late)).toBe(4001);
  });

  it('lapses when eight newer ones were issued', async () => {
    const oldest = server.invite();
    const newer = Array.from({ length: 8 }, () => server.invite());
    expect(await refusalOf(oldest)).toBe(4001);
    expect(await refusalOf(newer[0] ?? '')).toBeNull();
  });
});
