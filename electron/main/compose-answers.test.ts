import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../contract/result.ts';
import { deviceEntry, nodeEntry, startTime } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

let composed: DrivenApp;

beforeEach(() => {
  composed = drivenApp();
});

const admin = { requiredApproveScopes: ['operator.pairing', 'operator.admin'] };

describe('an answer', () => {
  beforeEach(async () => {
    composed.gateway.pending.device = [deviceEntry('d1')];
    await composed.start();
    await expect.poll(composed.onScreen).toEqual(['request:device:d1']);
  });

  const approval = [{ method: 'device.pair.approve', params: { requestId: 'd1' } }];

  it('from the window is sent once, and settled when the gateway confirms it', async () => {
    const { app, gateway } = composed;
    await composed.arms();
    gateway.pending.device = [];
    expect(await composed.approve('device:d1')).toEqual(ok(null));
    await composed.settles({ 'device:d1': 'settled' });
    expect(gateway.decisions).toEqual(approval);
    expect(app.snapshot().requests[0]?.outcome).toMatchObject({ decision: 'approved', by: 'us' });
    await expect.poll(composed.onScreen).toEqual([]);
  });

  it('from the notification approves exactly that request', async () => {
    const { gateway, notifier } = composed;
    await composed.arms();
    gateway.pending.device = [];
    notifier.press('request:device:d1', 'Approve');
    await composed.settles({ 'device:d1': 'settled' });
    expect([gateway.decisions, composed.opened]).toEqual([approval, []]);
  });

  it('from the tray denies; the menu stays alive', async () => {
    const { gateway, tray } = composed;
    await composed.arms();
    gateway.pending.device = [];
    tray.choose('Deny');
    await composed.settles({ 'device:d1': 'settled' });
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
    await composed.arms();
    const focused: (string | null)[] = [];
    app.onFocus((key) => focused.push(key));
    notifier.press('request:device:d1', null);
    tray.click();
    notifier.activate('forged');
    expect([focused, composed.opened]).toEqual([
      ['device:d1', null],
      ['device:d1', null, null],
    ]);
    expect(gateway.decisions).toEqual([]);
  });

  it('is not given by opening: for several at once all requests, from the tray the window as it was left', async () => {
    const { app, gateway, notifier, tray } = composed;
    const focused: (string | null)[] = [];
    app.onFocus((key) => focused.push(key));
    for (const id of ['d2', 'd3', 'd4']) gateway.announce('device.pair.requested', deviceEntry(id));
    await expect.poll(composed.onScreen).toEqual(['requests']);
    tray.choose('Open Portcullis');
    expect([focused, composed.opened]).toEqual([[], [null]]);
    notifier.press('requests', 'Open Portcullis');
    expect([focused, composed.opened]).toEqual([[null], [null, null]]);
    expect(gateway.decisions).toEqual([]);
  });

  it('that comes before Approve is armed opens the request instead', async () => {
    composed.notifier.press('request:device:d1', 'Approve');
    await expect.poll(() => composed.opened).toEqual(['device:d1']);
    expect(composed.gateway.decisions).toEqual([]);
  });

  it('is not approved while the screen is locked', async () => {
    await composed.arms();
    composed.power.screenLocked = true;
    composed.notifier.press('request:device:d1', 'Approve');
    await expect.poll(() => composed.opened).toEqual(['device:d1']);
    expect([await composed.approve('device:d1'), composed.gateway.decisions]).toMatchObject([
      { error: { code: 'not-armed' } },
      [],
    ]);
  });

  it('under way when the connection breaks is lost, not repeated, and open again after the next list', async () => {
    const { gateway, timers } = composed;
    await composed.arms();
    composed.holdDecisions();
    const done = composed.approve('device:d1');
    await composed.settles({ 'device:d1': 'submitting' });
    gateway.endSession(1006);
    expect(await done).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
    expect(composed.statuses()).toEqual({ 'device:d1': 'lost' });
    timers.advance(10_000);
    await composed.becomes('ready');
    await composed.settles({ 'device:d1': 'pending' });
    expect(gateway.decisions).toEqual(approval);
  });

  it.each<[string, () => unknown]>([
    ['the connection broke', () => composed.gateway.endSession(1006)],
    ['the computer fell asleep', () => composed.power.suspend()],
    ['the app stopped', () => composed.app.stop()],
  ])('given after %s is not sent', async (_case, happens) => {
    await composed.arms();
    const approveToken = composed.notifier.screen.get('request:device:d1')?.actions[1]?.token ?? '';
    await happens();
    expect(await composed.approve('device:d1')).toMatchObject({
      ok: false,
      error: { code: 'not-connected' },
    });
    composed.notifier.activate(approveToken);
    await composed.app.handlers['snapshot.get'](undefined);
    expect(composed.gateway.decisions).toEqual([]);
  });
});

describe('more rights', () => {
  beforeEach(async () => {
    composed.gateway.pending.node = [nodeEntry('n1', admin)];
    await composed.start();
    await composed.arms();
  });

  it('are taken over a second connection for the one call, and given back', async () => {
    const { gateway } = composed;
    gateway.pending.node = [];
    expect(await composed.approve('node:n1')).toMatchObject({ error: { code: 'elevation-needed' } });
    expect(await composed.approve('node:n1', true)).toEqual(ok(null));
    await composed.settles({ 'node:n1': 'settled' });
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
    ['the owner chooses another gateway', () => composed.choose('wss://other.example')],
    ['the request changes', () => composed.gateway.announce('node.pair.requested', changed)],
  ])('come to nothing when %s meanwhile', async (_case, happens) => {
    const { gateway } = composed;
    const opening = Promise.withResolvers<undefined>();
    gateway.gate = opening.promise.then(() => undefined);
    const done = composed.approve('node:n1', true);
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
