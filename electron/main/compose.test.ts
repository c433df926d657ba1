import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../contract/result.ts';
import { chatEntry, deviceEntry, nodeEntry, startTime } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

let composed: DrivenApp;

beforeEach(() => {
  composed = drivenApp();
});

const admin = { requiredApproveScopes: ['operator.pairing', 'operator.admin'] };

describe('from start to ready', () => {
  it('shows a first state at once, then everybody who waits, everywhere', async () => {
    const { app, gateway, notifier, tray } = composed;
    gateway.pending.chat = [chatEntry('c1')];
    gateway.pending.device = [deviceEntry('d1')];
    const seen: string[] = [];
    app.onSnapshot(({ connection }) => seen.push(connection.state));
    await app.start();
    expect(tray.model).toMatchObject({ icon: 'disconnected', count: 0 });
    await composed.becomes('ready');
    expect(composed.statuses()).toEqual({ 'chat:c1': 'pending', 'device:d1': 'pending' });
    await expect.poll(composed.onScreen).toEqual(['request:chat:c1', 'request:device:d1']);
    expect(tray.model).toMatchObject({ icon: 'attention', count: 2 });
    expect(app.snapshot().connection).toMatchObject({ missing: [], since: startTime, limited: false });
    expect(seen.at(-1)).toBe('ready');
    expect([...notifier.screen.values()].map(({ actions }) => actions.map(({ label }) => label))).toEqual([
      ['Deny', 'Approve'],
      ['Deny', 'Approve'],
    ]);
  });

  it('is not ready while a list could not be read', async () => {
    composed.gateway.answer = () => ok({ surprise: true });
    await composed.app.start();
    await composed.becomes('waiting');
    expect(await composed.approve('chat:c1')).toMatchObject({ ok: false });
  });

  it('says so when this connection is not shown everybody', async () => {
    const { finder, gateway, secrets } = composed;
    finder.config = fail('no-credential');
    const token = gateway.issue([
      'operator.read',
      'operator.write',
      'operator.pairing',
      'operator.approvals',
    ]);
    const stored = { token, scopes: [] };
    secrets.items.set(
      `${finder.located.ok ? finder.located.value.id : ''}/device-token`,
      JSON.stringify(stored),
    );
    await composed.start();
    expect(composed.app.snapshot().connection).toMatchObject({ state: 'ready', limited: true });
  });

  it('tells where a damaged settings file was put, until dismissed', async () => {
    composed = drivenApp('/data/settings.corrupt-1');
    const { app } = composed;
    expect(app.snapshot().notices).toMatchObject([{ id: 'settings-kept-aside' }]);
    expect(await app.handlers['notice.dismiss']({ id: 'settings-kept-aside' })).toEqual(ok(null));
    expect(app.snapshot().notices).toEqual([]);
  });

  it('makes no new snapshot when a look at the gateway brought nothing new', async () => {
    await composed.start();
    await composed.app.handlers['requests.refresh'](undefined);
    const { seq } = composed.app.snapshot();
    const reads = composed.gateway.requests.length;
    composed.timers.advance(10_000);
    await expect.poll(() => composed.gateway.requests.length).toBeGreaterThan(reads);
    await composed.app.handlers['snapshot.get'](undefined);
    expect(composed.app.snapshot().seq).toBe(seq);
  });
});

describe('a request', () => {
  it('that is announced appears in snapshot, tray and notifications, and leaves them when answered elsewhere', async () => {
    const { gateway, tray } = composed;
    await composed.start();
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await composed.settles({ 'device:d1': 'pending' });
    await expect.poll(composed.onScreen).toEqual(['request:device:d1']);
    expect(tray.model).toMatchObject({ icon: 'attention', count: 1 });
    gateway.announce('device.pair.resolved', { requestId: 'd1', decision: 'approved', ts: startTime });
    await expect.poll(composed.onScreen).toEqual([]);
    expect(tray.model).toMatchObject({ icon: 'connected', count: 0 });
    expect(composed.app.snapshot().requests).toMatchObject([
      { outcome: { decision: 'approved', by: 'elsewhere' } },
    ]);
    expect(gateway.decisions).toEqual([]);
  });

  it('of a chat contact appears on the next beat, or at once when the owner looks', async () => {
    const { app, gateway, timers } = composed;
    await composed.start();
    gateway.pending.chat = [chatEntry('c1')];
    timers.advance(10_000);
    await composed.settles({ 'chat:c1': 'pending' });
    gateway.pending.chat = [chatEntry('c1'), chatEntry('c2')];
    expect(await app.handlers['requests.refresh'](undefined)).toEqual(ok(null));
    await composed.settles({ 'chat:c1': 'pending', 'chat:c2': 'pending' });
  });

  it('that is our own is nothing to answer', async () => {
    const { gateway } = composed;
    await composed.start();
    const { deviceId } = gateway.attempts[0]?.identity ?? {};
    gateway.announce('device.pair.requested', deviceEntry('own', { deviceId }));
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await composed.settles({ 'device:d1': 'pending' });
  });

  it('that nobody answers expires and is neither approved nor denied', async () => {
    const { gateway, timers } = composed;
    await composed.start();
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await composed.settles({ 'device:d1': 'pending' });
    for (let minute = 0; minute < 6; minute += 1) {
      timers.advance(60_000);
      await composed.app.handlers['snapshot.get'](undefined);
    }
    await expect.poll(() => composed.statuses()['device:d1']).not.toBe('pending');
    expect(gateway.decisions).toEqual([]);
  });
});

describe('another gateway', () => {
  it('takes everything known about the old one away at once', async () => {
    const { app, gateway, finder } = composed;
    gateway.pending.device = [deviceEntry('d1')];
    await composed.start();
    await expect.poll(composed.onScreen).toEqual(['request:device:d1']);
    finder.located = fail('not-running');
    expect(await composed.choose('wss://other.example')).toEqual(ok(null));
    expect([composed.statuses(), app.snapshot().openCount]).toEqual([{}, 0]);
    await composed.becomes('waiting');
    await expect.poll(composed.onScreen).toEqual([]);
    expect([gateway.sessions[0]?.closed, gateway.decisions, composed.written.length]).toEqual([true, [], 1]);
  });

  it('that is the same one changes nothing', async () => {
    composed.gateway.pending.device = [deviceEntry('d1')];
    await composed.start();
    await composed.app.handlers['settings.patch']({ gateway: { mode: 'local' } });
    expect([composed.statuses(), composed.app.snapshot().connection.state]).toEqual([
      { 'device:d1': 'pending' },
      'ready',
    ]);
  });
});

describe('stopping', () => {
  it('leaves no timer, no session and no answer behind', async () => {
    const { app, gateway, timers } = composed;
    gateway.pending.device = [deviceEntry('d1')];
    await composed.start();
    await composed.arms();
    composed.holdDecisions();
    const done = composed.approve('device:d1');
    await app.stop();
    expect(await done).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
    expect([timers.armed, gateway.sessions.map(({ closed }) => closed)]).toEqual([0, [true]]);
    expect(gateway.decisions).toHaveLength(1);
  });

  it('waits until an elevated key was taken back', async () => {
    const { app, gateway } = composed;
    gateway.pending.node = [nodeEntry('n1', admin)];
    await composed.start();
    await composed.arms();
    const letGo = composed.holdDecisions();
    void composed.approve('node:n1', true);
    await expect.poll(() => gateway.decisions.length).toBe(1);
    const stopped = app.stop();
    letGo(ok({}));
    await stopped;
    expect(gateway.requests.at(-1)?.method).toBe('device.pair.remove');
  });
});
