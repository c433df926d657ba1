import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { openTokenLifeMs } from './open-tokens.ts';
import { RunningServers } from './running-servers.fixture.ts';
import { call, enter, postToken, tokenOf } from './tab.double.ts';
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

  it('come under a strict policy, and without a cookie', async () => {
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
  it('carries its token in the fragment and lets one tab in, once', async () => {
    const invitation = server.invite();
    expect(invitation).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#open=[\w-]{43}$/);

    const first = await postToken(server.origin, tokenOf(invitation));
    const second = await postToken(server.origin, tokenOf(invitation));

    const port = new URL(server.origin).port;
    expect(first.status).toBe(204);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^portcullis-${port}-[0-9a-f]{12}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
      ),
    ]);
    expect(second).toMatchObject({ status: 401, body: '' });
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('tells its maker when it was used', async () => {
    let used = 0;
    const invitation = server.invite(() => (used += 1));
    await postToken(server.origin, 'not the token');
    expect(used).toBe(0);
    await postToken(server.origin, tokenOf(invitation));
    expect(used).toBe(1);
  });

  it('lapses after five minutes', async () => {
    const [inTime, late] = [server.invite(), server.invite()];
    servers.now += openTokenLifeMs;
    expect((await postToken(server.origin, tokenOf(inTime))).status).toBe(204);
    servers.now += 1;
    expect((await postToken(server.origin, tokenOf(late))).status).toBe(401);
  });

  it('lapses when eight newer ones were issued', async () => {
    const oldest = server.invite();
    const newer = Array.from({ length: 8 }, () => server.invite());
    expect((await postToken(server.origin, tokenOf(oldest))).status).toBe(401);
    expect((await postToken(server.origin, tokenOf(newer[0] ?? ''))).status).toBe(204);
  });

  it.each([
    ['from another page', { origin: 'https://evil.example' }, 403],
    ['without an Origin', { origin: '' }, 403],
    ['with a rebound Host', { host: 'evil.example' }, 403],
    ['as a form', { 'content-type': 'text/plain' }, 415],
  ])('is worth nothing %s, and is not used up by the try', async (_case, headers, status) => {
    const token = tokenOf(server.invite());
    expect((await postToken(server.origin, token, headers)).status).toBe(status);
    expect((await postToken(server.origin, token)).status).toBe(204);
  });

  it.each([
    ['not JSON', 'token=1', 400],
    ['no token', '{}', 400],
    ['a token that is no text', '{"token":1}', 400],
    ['something extra', '{"token":"a","admin":true}', 400],
    ['an endless body', JSON.stringify({ token: 'x'.repeat(5_000) }), 413],
  ])('is refused when the body is %s', async (_case, body, status) => {
    const headers = { origin: server.origin, 'content-type': 'application/json' };
    const answer = await call(server.origin, { path: '/session', method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });

  it('leaves a cookie a page can ask about', async () => {
    const { origin } = server;
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await call(origin, { path: '/session', headers })).status;
    const cookie = await enter(origin, server.invite());
    expect([await ask({}), await ask({ cookie: 'a=b' }), await ask({ cookie })]).toEqual([401, 401, 204]);
    expect(await ask({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect((await call(origin, { path: '/session', method: 'PUT', headers: { origin } })).status).toBe(405);
  });
});
