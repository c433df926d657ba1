import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bridgeClose, maxClientFrameBytes } from '../../../contract/bridge-frames.ts';
import type { CommandInput } from '../../../contract/api.ts';
import { longestContact } from '../../../contract/people.ts';
import type { ServedAppDouble } from '../../../contract/served-app.double.ts';
import { servedAppDouble } from '../../../contract/served-app.double.ts';
import { RunningServers } from './running-servers.fixture.ts';
import { answerTo, enter, pushOf, Tab, tokenOf, upgradeStatus } from './tab.double.ts';
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
  it('opens a socket to our own page only', async () => {
    const { origin } = server;
    expect({
      ours: await upgradeStatus(origin, { origin }),
      crossOrigin: await upgradeStatus(origin, { origin: 'https://evil.example' }),
      otherPort: await upgradeStatus(origin, { origin: 'http://127.0.0.1:1' }),
      noOrigin: await upgradeStatus(origin, {}),
      rebound: await upgradeStatus(origin, { origin, host: 'evil.example' }),
      elsewhere: await upgradeStatus(origin, { origin }, '/other'),
      withQuery: await upgradeStatus(origin, { origin }, '/bridge?token=1'),
    }).toEqual({
      ours: 101,
      crossOrigin: 403,
      otherPort: 403,
      noOrigin: 403,
      rebound: 403,
      elsewhere: 404,
      withQuery: 404,
    });
  });

  it.each([
    ['a command', { id: 1, command: 'snapshot.get' }],
    ['a token nobody issued', { token: 'A'.repeat(43) }],
    ['a secret nobody was given', { secret: 'A'.repeat(43) }],
    ['an empty secret', { secret: '' }],
    ['a token and a secret', { token: 'A'.repeat(43), secret: 'A'.repeat(43) }],
    ['no JSON', 'secret=1'],
    ['nothing', 'null'],
  ])('tells a socket nothing that greets with %s', async (_case, greeting) => {
    server.invite();
    const tab = new Tab(server.origin, greeting);
    expect(await tab.closed).toBe(bridgeClose.unknownTab);
    expect([tab.frames, app.calls, app.listeners]).toEqual([[], [], 0]);
  });

  it('tells a socket nothing that does not greet', async () => {
    app.focus('chat:early');
    const silent = new Tab(server.origin);
    await once(silent.socket, 'open');
    // Whatever would reach it comes no later than what reaches a tab that came after it.
    const tab = await enter(server.origin, server.invite());
    await tab.frame(pushOf('request.focus'));
    expect([silent.frames, app.listeners]).toEqual([[], 1]);
  });

  it('takes no secret for a token, nor the other way round', async () => {
    const invitation = server.invite();
    const swapped = new Tab(server.origin, { secret: tokenOf(invitation) });
    expect(await swapped.closed).toBe(bridgeClose.unknownTab);
    const secret = await (await enter(server.origin, invitation)).secret();
    expect(secret).not.toBe(tokenOf(invitation));
    const again = new Tab(server.origin, { token: secret });
    expect(await again.closed).toBe(bridgeClose.unknownTab);
  });

  it('opens again to a tab that was let in, and to no other', async () => {
    const first = await (await enter(server.origin, server.invite())).secret();
    const second = await (await enter(server.origin, server.invite())).secret();
    expect(second).not.toBe(first);
    for (const secret of [first, second, first])
      expect(await new Tab(server.origin, { secret }).secret()).toBe(secret);
  });

  it('does not know the secrets of another run', async () => {
    const secret = await (await enter(server.origin, server.invite())).secret();
    const other = await servers.start(app);
    expect(await new Tab(other.origin, { secret }).closed).toBe(bridgeClose.unknownTab);
  });

  it('is shut until there is an app behind it', async () => {
    const early = await servers.start(null);
    expect(await upgradeStatus(early.origin, { origin: early.origin })).toBe(503);
  });

  it('keeps a seventeenth tab waiting, and its address good', async () => {
    const tabs: Tab[] = [];
    while (tabs.length < 16) tabs.push(await enter(server.origin, server.invite()));
    const invitation = server.invite();
    expect(await new Tab(server.origin, { token: tokenOf(invitation) }).closed).toBe(bridgeClose.tooMuch);
    tabs[0]?.socket.close();
    await expect.poll(() => app.listeners).toBe(15);
    await enter(server.origin, invitation);
  });
});

describe('a tab on the bridge', () => {
  function openTab(): Promise<Tab> {
    return enter(server.origin, server.invite());
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
    expect(tab.frames.filter(pushOf('snapshot.changed'))).toHaveLength(2);
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

    servers.timers.advance(60_000);
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
    const tab = await enter(strict.origin, strict.invite());
    await tab.frame(pushOf('snapshot.changed'));
    tab.socket.pause();
    await expect.poll(() => app.listeners).toBe(0);
  });
});
