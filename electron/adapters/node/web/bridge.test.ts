import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxClientFrameBytes } from '../../../contract/bridge-frames.ts';
import type { CommandInput } from '../../../contract/api.ts';
import { longestContact } from '../../../contract/people.ts';
import type { ServedAppDouble } from '../../../contract/served-app.double.ts';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { RunningServers } from './running-servers.fixture.ts';
import { answerTo, enter, pushOf, Tab, upgradeStatus } from './tab.double.ts';
import type { WebServer } from './web-server.ts';

let servers: RunningServers;
let server: WebServer;
let app: ServedAppDouble;

beforeEach(async () => {
  servers = new RunningServers();
  app = servedAppDouble();
  server = await servers.start(app);
});

afterEach(() => servers.stop());

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
    const other = await servers.start(app);
    expect(await upgradeStatus(other.origin, { origin: other.origin, cookie })).toBe(401);
  });

  it('is shut until there is an app behind it', async () => {
    const early = await servers.start(null);
    const cookie = await enter(early.origin, early.invite());
    expect(await upgradeStatus(early.origin, { origin: early.origin, cookie })).toBe(503);
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

  it('can carry all contacts of an account as rules, and the longest contact there can be', async () => {
    const account = { channel: 'imessage', account: 'default' };
    const rules = Array.from({ length: 20_000 }, (_, index) => ({
      to: `somebody.with.a.name.${String(index)}@example.com`,
      until: null,
      note: '',
    }));
    const many: CommandInput<'guard.changeRules'> = {
      revision: 1,
      change: { type: 'allow', ...account, rules },
    };
    // As JSON, each of these takes six bytes.
    const long: CommandInput<'people.removeContact'> = {
      ...account,
      entry: '\u0001'.repeat(longestContact),
      block: false,
    };
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    tab.send({ id: 1, command: 'guard.changeRules', input: many });
    tab.send({ id: 2, command: 'people.removeContact', input: long });
    for (const id of [1, 2]) expect(await tab.frame(answerTo(id))).toMatchObject({ result: { ok: true } });
    expect(app.calls).toEqual([
      { name: 'guard.changeRules', input: many },
      { name: 'people.removeContact', input: long },
    ]);
  });

  it('gets internal when a handler throws, which is logged', async () => {
    app = servedAppDouble({ 'connection.retry': () => Promise.reject(new Error('bug')) });
    server = await servers.start(app);
    const tab = await openTab();
    await tab.frame(pushOf('snapshot.changed'));
    tab.send({ id: 1, command: 'connection.retry' });
    expect(await tab.frame(answerTo(1))).toMatchObject({
      result: { ok: false, error: { code: 'internal' } },
    });
    expect(servers.logged).toContain('error command.threw');
  });

  it.each([
    ['no JSON', 'hello', 1003],
    ['no frame', '{"command":"app.quit"}', 1003],
    ['an extra field', '{"id":1,"command":"app.quit","admin":true}', 1003],
    ['too large', `{"id":1,"command":"app.quit","input":"${'x'.repeat(maxClientFrameBytes)}"}`, 1009],
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
    server = await servers.start(app);
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

    servers.now += 60_000;
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
    const strict = await servers.start(app, { heartbeatMs: 20 });
    const tab = new Tab(strict.origin, await enter(strict.origin, strict.invite()));
    await tab.frame(pushOf('snapshot.changed'));
    tab.socket.pause();
    await expect.poll(() => app.listeners).toBe(0);
  });
});
