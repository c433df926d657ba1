import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServedAppDouble } from '../../../contract/served-app.double.ts';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { openTokenLifeMs } from './open-tokens.ts';
import { answerTo, call, enter, postToken, pushOf, Tab, tokenOf, upgradeStatus } from './tab.double.ts';
import type { WebServer } from './web-server.ts';
import { startWebServer } from './web-server.ts';

let folder: string;
let server: WebServer;
let app: ServedAppDouble;
let now: number;
const logged: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-web-'));
  const rendererDir = path.join(folder, 'renderer');
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>Window</title>');
  writeFileSync(path.join(rendererDir, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(path.join(rendererDir, '.env'), 'hidden');
  writeFileSync(path.join(rendererDir, 'source.map'), 'unknown type');
  writeFileSync(path.join(folder, 'private.html'), 'outside');
  symlinkSync(path.join(folder, 'private.html'), path.join(rendererDir, 'link.html'));
  logged.length = 0;
  now = 1_000;
  app = servedAppDouble();
  server = await startWebServer({
    rendererDir,
    port: 0,
    now: () => now,
    logger: { log: (level, event) => logged.push(`${level} ${event}`) },
  });
  server.serve(app);
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the files of the window', () => {
  it('come with their type, a strict policy and no caching of the page', async () => {
    const page = await call(server.origin, { path: '/' });
    expect(page).toMatchObject({
      status: 200,
      body: '<!doctype html><title>Window</title>',
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
    expect(page.headers['set-cookie']).toBeUndefined();

    const script = await call(server.origin, { path: '/assets/main-1a2b.js?v=1' });
    expect(script).toMatchObject({
      status: 200,
      body: 'export {};',
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'max-age=31536000, immutable',
      },
    });
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
    now += openTokenLifeMs;
    expect((await postToken(server.origin, tokenOf(inTime))).status).toBe(204);
    now += 1;
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

describe('the door of the bridge', () => {
  it('opens to our own page with its cookie only', async () => {
    const { origin } = server;
    const cookie = await enter(origin, server.invite());
    const name = cookie.split('=')[0] ?? '';

    expect({
      ours: await upgradeStatus(origin, { origin, cookie }),
      amongOthers: await upgradeStatus(origin, { origin, cookie: `a=1; ${cookie}; b=2` }),
      noCookie: await upgradeStatus(origin, { origin }),
      wrongValue: await upgradeStatus(origin, { origin, cookie: `${name}=${'A'.repeat(43)}` }),
      emptyValue: await upgradeStatus(origin, { origin, cookie: `${name}=` }),
      wrongName: await upgradeStatus(origin, { origin, cookie: cookie.replace(name, 'portcullis') }),
      crossOrigin: await upgradeStatus(origin, { origin: 'https://evil.example', cookie }),
      noOrigin: await upgradeStatus(origin, { cookie }),
      rebound: await upgradeStatus(origin, { origin, cookie, host: 'evil.example' }),
      elsewhere: await upgradeStatus(origin, { origin, cookie }, '/other'),
      withQuery: await upgradeStatus(origin, { origin, cookie }, '/bridge?token=1'),
    }).toEqual({
      ours: 101,
      amongOthers: 101,
      noCookie: 401,
      wrongValue: 401,
      emptyValue: 401,
      wrongName: 401,
      crossOrigin: 403,
      noOrigin: 403,
      rebound: 403,
      elsewhere: 404,
      withQuery: 404,
    });
    expect(app.calls).toEqual([]);
  });

  it('does not know cookies of another run', async () => {
    const cookie = await enter(server.origin, server.invite());
    const other = await startWebServer({
      rendererDir: path.join(folder, 'renderer'),
      port: 0,
      now: () => now,
      logger: { log: () => undefined },
    });
    other.serve(app);
    expect(await upgradeStatus(other.origin, { origin: other.origin, cookie })).toBe(401);
    await other.stop();
  });

  it('is shut until there is an app behind it', async () => {
    const early = await startWebServer({
      rendererDir: path.join(folder, 'renderer'),
      port: 0,
      now: () => now,
      logger: { log: () => undefined },
    });
    const cookie = await enter(early.origin, early.invite());
    expect(await upgradeStatus(early.origin, { origin: early.origin, cookie })).toBe(503);
    await early.stop();
  });
});

describe('a tab on the bridge', () => {
  async function openTab(): Promise<Tab> {
    return new Tab(server.origin, await enter(server.origin, server.invite()));
  }

  it('gets the snapshot at once and the result of its command by id', async () => {
    const tab = await openTab();
    expect(await tab.frame(pushOf('snapshot.changed'))).toEqual({
      push: 'snapshot.changed',
      payload: app.snapshot(),
    });

    tab.send({ id: 7, command: 'request.deny', input: { key: 'chat:1', revision: 2 } });
    tab.send({ id: 8, command: 'snapshot.get' });

    expect(await tab.frame(answerTo(7))).toEqual({ id: 7, result: { ok: true, value: null } });
    expect(await tab.frame(answerTo(8))).toEqual({ id: 8, result: { ok: true, value: app.snapshot() } });
    expect(app.calls).toEqual([{ name: 'request.deny', input: { key: 'chat:1', revision: 2 } }]);
  });

  it('gets bad-input for an unknown command or a wrong shape, and stays connected', async () => {
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    tab.send({ id: 1, command: 'request.approveAll', input: {} });
    tab.send({ id: 2, command: 'request.approve', input: { key: 'chat:1', revision: 1 } });
    for (const id of [1, 2]) {
      expect(await tab.frame(answerTo(id))).toMatchObject({
        id,
        result: { ok: false, error: { code: 'bad-input' } },
      });
    }
    expect(app.calls).toEqual([]);
    expect(tab.socket.readyState).toBe(tab.socket.OPEN);
  });

  it('gets internal when a handler throws, which is logged', async () => {
    app = servedAppDouble({ 'connection.retry': () => Promise.reject(new Error('bug')) });
    server.serve(app);
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    tab.send({ id: 1, command: 'connection.retry' });
    expect(await tab.frame(answerTo(1))).toMatchObject({
      result: { ok: false, error: { code: 'internal' } },
    });
    expect(logged).toContain('error command.threw');
  });

  it.each([
    ['no JSON', 'hello', 1003],
    ['no frame', '{"command":"app.quit"}', 1003],
    ['an extra field', '{"id":1,"command":"app.quit","admin":true}', 1003],
    ['too large', `{"id":1,"command":"app.quit","input":"${'x'.repeat(70_000)}"}`, 1009],
    ['binary', Buffer.from('{"id":1,"command":"app.quit"}'), 1003],
  ])('is closed after a frame that is %s, and nothing is done', async (_case, frame, code) => {
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    tab.socket.send(frame);
    expect(await tab.closed).toBe(code);
    expect(app.calls).toEqual([]);
  });

  it('is closed when it has too many commands under way', async () => {
    app = servedAppDouble({ 'connection.retry': () => new Promise(() => undefined) });
    server.serve(app);
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    for (let id = 0; id < 33; id += 1) tab.send({ id, command: 'connection.retry' });
    expect(await tab.closed).toBe(1008);
  });

  it('gets only the newest of a burst of snapshots', async () => {
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    for (let change = 0; change < 500; change += 1) app.change({ openCount: change });
    const newest = app.snapshot();
    await tab.frame(
      (frame) => JSON.stringify(frame) === JSON.stringify({ push: 'snapshot.changed', payload: newest }),
    );
    expect(tab.frames).toHaveLength(2);
  });

  it('is told what to bring into view, also when it opened because of that', async () => {
    app.focus('chat:early');
    const tab = await openTab();
    expect(await tab.frame(pushOf('request.focus'))).toEqual({
      push: 'request.focus',
      payload: { key: 'chat:early' },
    });
    app.focus(null);
    await tab.frame((frame) => JSON.stringify(frame) === '{"push":"request.focus","payload":{"key":null}}');

    now += 60_000;
    const later = await openTab();
    await later.frame(pushOf('snapshot.changed'));
    later.send({ id: 1, command: 'snapshot.get' });
    await later.frame(answerTo(1));
    expect(later.frames.some(pushOf('request.focus'))).toBe(false);
  });

  it('leaves no listener behind', async () => {
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    expect(app.listeners).toBe(1);
    tab.socket.close();
    await tab.closed;
    await expect.poll(() => app.listeners).toBe(0);
  });

  it('is told when the app quits', async () => {
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    await server.stop();
    expect(await tab.closed).toBe(1001);
  });

  it('is dropped when it stops answering pings', async () => {
    const strict = await startWebServer({
      rendererDir: path.join(folder, 'renderer'),
      port: 0,
      now: () => now,
      heartbeatMs: 20,
      logger: { log: () => undefined },
    });
    strict.serve(app);
    const tab = new Tab(strict.origin, await enter(strict.origin, strict.invite()));
    await tab.frame(pushOf('snapshot.changed'));
    tab.socket.pause();
    await expect.poll(() => app.listeners).toBe(0);
    await strict.stop();
  });
});
