import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../contract/result.ts';
import type { GatewayFailure } from '../core/ports.ts';
import { chatEntry, deviceEntry, nodeEntry, startTime } from '../core/requests/requests.fixture.ts';
import { composedApp, type ComposedApp } from './composed-app.double.ts';

let composed: ComposedApp;

beforeEach(() => {
  composed = composedApp();
});

type Answer = Result<unknown, GatewayFailure>;

async function becomes(state: string): Promise<void> {
  await expect.poll(() => composed.app.snapshot().connection.state).toBe(state);
}

async function start(): Promise<void> {
  await composed.app.start();
  await becomes('ready');
}

function statuses(): Readonly<Record<string, string>> {
  return Object.fromEntries(composed.app.snapshot().requests.map(({ key, status }) => [key, status]));
}

async function settles(expected: Readonly<Record<string, string>>): Promise<void> {
  await expect.poll(statuses).toEqual(expected);
}

/** It has been there long enough to be approved, and everything that shows it has been drawn. */
async function arms(): Promise<void> {
  composed.timers.advance(1_000);
  await expect.poll(() => composed.app.snapshot().now).toBe(composed.timers.now);
}

function approve(key: string, elevate = false): Promise<Result<null>> {
  return composed.app.handlers['request.approve']({ key, revision: 1, elevate, notifyContact: false });
}

/** Holds every call that decides something until it is let go; lists are answered at once. */
function holdDecisions(): (answer: Answer) => void {
  const held = Promise.withResolvers<Answer>();
  const { gateway } = composed;
  gateway.answer = (method) => gateway.listed(method) ?? held.promise;
  return held.resolve;
}

const onScreen = (): readonly string[] => [...composed.notifier.screen.keys()];
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
    await becomes('ready');
    expect(statuses()).toEqual({ 'chat:c1': 'pending', 'device:d1': 'pending' });
    await expect.poll(onScreen).toEqual(['request:chat:c1', 'request:device:d1']);
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
    await becomes('waiting');
    expect(await approve('chat:c1')).toMatchObject({ ok: false });
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
    await start();
    expect(composed.app.snapshot().connection).toMatchObject({ state: 'ready', limited: true });
  });

  it('tells where a damaged settings file was put, until dismissed', async () => {
    composed = composedApp('/data/settings.corrupt-1');
    const { app } = composed;
    expect(app.snapshot().notices).toMatchObject([{ id: 'settings-kept-aside' }]);
    expect(await app.handlers['notice.dismiss']({ id: 'settings-kept-aside' })).toEqual(ok(null));
    expect(app.snapshot().notices).toEqual([]);
  });

  it('makes no new snapshot when a look at the gateway brought nothing new', async () => {
    await start();
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
    await start();
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await settles({ 'device:d1': 'pending' });
    await expect.poll(onScreen).toEqual(['request:device:d1']);
    expect(tray.model).toMatchObject({ icon: 'attention', count: 1 });
    gateway.announce('device.pair.resolved', { requestId: 'd1', decision: 'approved', ts: startTime });
    await expect.poll(onScreen).toEqual([]);
    expect(tray.model).toMatchObject({ icon: 'connected', count: 0 });
    expect(composed.app.snapshot().requests).toMatchObject([
      { outcome: { decision: 'approved', by: 'elsewhere' } },
    ]);
    expect(gateway.decisions).toEqual([]);
  });

  it('of a chat contact appears on the next beat, or at once when the owner looks', async () => {
    const { app, gateway, timers } = composed;
    await start();
    gateway.pending.chat = [chatEntry('c1')];
    timers.advance(10_000);
    await settles({ 'chat:c1': 'pending' });
    gateway.pending.chat = [chatEntry('c1'), chatEntry('c2')];
    expect(await app.handlers['requests.refresh'](undefined)).toEqual(ok(null));
    await settles({ 'chat:c1': 'pending', 'chat:c2': 'pending' });
  });

  it('that is our own is nothing to answer', async () => {
    const { gateway } = composed;
    await start();
    const { deviceId } = gateway.attempts[0]?.identity ?? {};
    gateway.announce('device.pair.requested', deviceEntry('own', { deviceId }));
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await settles({ 'device:d1': 'pending' });
  });

  it('that nobody answers expires and is neither approved nor denied', async () => {
    const { gateway, timers } = composed;
    await start();
    gateway.announce('device.pair.requested', deviceEntry('d1'));
    await settles({ 'device:d1': 'pending' });
    for (let minute = 0; minute < 6; minute += 1) {
      timers.advance(60_000);
      // eslint-disable-next-line no-await-in-loop -- the app follows the clock step by step
      await composed.app.handlers['snapshot.get'](undefined);
    }
    await expect.poll(() => statuses()['device:d1']).not.toBe('pending');
    expect(gateway.decisions).toEqual([]);
  });
});

describe('an answer', () => {
  beforeEach(async () => {
    composed.gateway.pending.device = [deviceEntry('d1')];
    await start();
    await expect.poll(onScreen).toEqual(['request:device:d1']);
  });

  const approval = [{ method: 'device.pair.approve', params: { requestId: 'd1' } }];

  it('from the window is sent once, and settled when the gateway confirms it', async () => {
    const { app, gateway } = composed;
    await arms();
    gateway.pending.device = [];
    expect(await approve('device:d1')).toEqual(ok(null));
    await settles({ 'device:d1': 'settled' });
    expect(gateway.decisions).toEqual(approval);
    expect(app.snapshot().requests[0]?.outcome).toMatchObject({ decision: 'approved', by: 'us' });
    await expect.poll(onScreen).toEqual([]);
  });

  it('from the notification approves exactly that request', async () => {
    const { gateway, notifier } = composed;
    await arms();
    gateway.pending.device = [];
    notifier.press('request:device:d1', 'Approve');
    await settles({ 'device:d1': 'settled' });
    expect([gateway.decisions, composed.opened]).toEqual([approval, []]);
  });

  it('from the tray denies; the menu stays alive', async () => {
    const { gateway, tray } = composed;
    await arms();
    gateway.pending.device = [];
    tray.choose('Deny');
    await settles({ 'device:d1': 'settled' });
    tray.choose('Open Portcullis');
    tray.choose('Quit Portcullis');
    expect([gateway.decisions, composed.opened, composed.quits]).toEqual([
      [{ method: 'device.pair.reject', params: { requestId: 'd1' } }],
      [null],
      ['quit'],
    ]);
  });

  it('is not given by a click on a notification or on the icon, nor by a token nobody issued', async () => {
    const { app, gateway, notifier, tray } = composed;
    await arms();
    const focused: (string | null)[] = [];
    app.onFocus((key) => focused.push(key));
    notifier.press('request:device:d1', null);
    tray.click();
    notifier.activate('forged');
    expect([focused, composed.opened]).toEqual([
      ['device:d1', null, null],
      ['device:d1', null, null],
    ]);
    expect(gateway.decisions).toEqual([]);
  });

  it('that comes before Approve is armed opens the request instead', async () => {
    composed.notifier.press('request:device:d1', 'Approve');
    await expect.poll(() => composed.opened).toEqual(['device:d1']);
    expect(composed.gateway.decisions).toEqual([]);
  });

  it('is not approved while the screen is locked', async () => {
    await arms();
    composed.power.screenLocked = true;
    composed.notifier.press('request:device:d1', 'Approve');
    await expect.poll(() => composed.opened).toEqual(['device:d1']);
    expect([await approve('device:d1'), composed.gateway.decisions]).toMatchObject([
      { error: { code: 'not-armed' } },
      [],
    ]);
  });

  it('under way when the connection breaks is lost, not repeated, and open again after the next list', async () => {
    const { gateway, timers } = composed;
    await arms();
    holdDecisions();
    const done = approve('device:d1');
    await settles({ 'device:d1': 'submitting' });
    gateway.endSession(1006);
    expect(await done).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
    expect(statuses()).toEqual({ 'device:d1': 'lost' });
    timers.advance(10_000);
    await becomes('ready');
    await settles({ 'device:d1': 'pending' });
    expect(gateway.decisions).toEqual(approval);
  });

  it.each<[string, () => unknown]>([
    ['the connection broke', () => composed.gateway.endSession(1006)],
    ['the computer fell asleep', () => composed.power.suspend()],
    ['the app stopped', () => composed.app.stop()],
  ])('given after %s is not sent', async (_case, happens) => {
    await arms();
    const approveToken = composed.notifier.screen.get('request:device:d1')?.actions[1]?.token ?? '';
    await happens();
    expect(await approve('device:d1')).toMatchObject({ ok: false, error: { code: 'not-connected' } });
    composed.notifier.activate(approveToken);
    await composed.app.handlers['snapshot.get'](undefined);
    expect(composed.gateway.decisions).toEqual([]);
  });
});

describe('more rights', () => {
  beforeEach(async () => {
    composed.gateway.pending.node = [nodeEntry('n1', admin)];
    await start();
    await arms();
  });

  it('are taken over a second connection for the one call, and given back', async () => {
    const { gateway } = composed;
    gateway.pending.node = [];
    expect(await approve('node:n1')).toMatchObject({ error: { code: 'elevation-needed' } });
    expect(await approve('node:n1', true)).toEqual(ok(null));
    await settles({ 'node:n1': 'settled' });
    expect(gateway.attempts.map(({ displayName }) => displayName)).toEqual([
      'Portcullis on desk',
      'Portcullis on desk (one-time)',
    ]);
    expect(gateway.requests.filter(({ method }) => method === 'device.pair.remove')).toHaveLength(1);
    expect(gateway.sessions.map(({ closed }) => closed)).toEqual([false, true]);
  });

  it.each<[string, () => unknown]>([
    ['the connection breaks', () => composed.gateway.endSession(1006)],
    ['the app stops', () => void composed.app.stop()],
    ['the owner chooses another gateway', () => choose('wss://other.example')],
    ['the request changes', () => composed.gateway.announce('node.pair.requested', changed)],
  ])('come to nothing when %s meanwhile', async (_case, happens) => {
    const { gateway } = composed;
    const opening = Promise.withResolvers<undefined>();
    gateway.gate = opening.promise.then(() => undefined);
    const done = approve('node:n1', true);
    await expect.poll(() => gateway.attempts.length).toBe(2);
    await happens();
    opening.resolve(undefined);
    expect(await done).toMatchObject({ ok: false });
    expect(gateway.decisions).toEqual([]);
    // The elevated key was taken back all the same.
    expect(gateway.requests.filter(({ method }) => method === 'device.pair.remove')).toHaveLength(1);
  });

  const changed = nodeEntry('n1', { ...admin, commands: ['system.run'], ts: startTime + 1 });
});

function choose(url: string): Promise<Result<null>> {
  return composed.app.handlers['settings.patch']({ gateway: { mode: 'remote', url, tlsFingerprint: null } });
}

describe('another gateway', () => {
  it('takes everything known about the old one away at once', async () => {
    const { app, gateway, finder } = composed;
    gateway.pending.device = [deviceEntry('d1')];
    await start();
    await expect.poll(onScreen).toEqual(['request:device:d1']);
    finder.located = fail('not-running');
    expect(await choose('wss://other.example')).toEqual(ok(null));
    expect([statuses(), app.snapshot().openCount]).toEqual([{}, 0]);
    await becomes('waiting');
    await expect.poll(onScreen).toEqual([]);
    expect([gateway.sessions[0]?.closed, gateway.decisions, composed.written.length]).toEqual([true, [], 1]);
  });

  it('that is the same one changes nothing', async () => {
    composed.gateway.pending.device = [deviceEntry('d1')];
    await start();
    await composed.app.handlers['settings.patch']({ gateway: { mode: 'local' } });
    expect([statuses(), composed.app.snapshot().connection.state]).toEqual([
      { 'device:d1': 'pending' },
      'ready',
    ]);
  });
});

describe('stopping', () => {
  it('leaves no timer, no session and no answer behind', async () => {
    const { app, gateway, timers } = composed;
    gateway.pending.device = [deviceEntry('d1')];
    await start();
    await arms();
    holdDecisions();
    const done = approve('device:d1');
    await app.stop();
    expect(await done).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
    expect([timers.armed, gateway.sessions.map(({ closed }) => closed)]).toEqual([0, [true]]);
    expect(gateway.decisions).toHaveLength(1);
  });

  it('waits until an elevated key was taken back', async () => {
    const { app, gateway } = composed;
    gateway.pending.node = [nodeEntry('n1', admin)];
    await start();
    await arms();
    const letGo = holdDecisions();
    void approve('node:n1', true);
    await expect.poll(() => gateway.decisions.length).toBe(1);
    const stopped = app.stop();
    letGo(ok({}));
    await stopped;
    expect(gateway.requests.at(-1)?.method).toBe('device.pair.remove');
  });
});
