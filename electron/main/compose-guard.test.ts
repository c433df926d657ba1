import { beforeEach, describe, expect, it } from 'vitest';
import { sendAnswers } from '../contract/guard/send-answer.ts';
import { emptyPolicy } from '../contract/guard/policy.ts';
import { ok } from '../contract/result.ts';
import { brought } from '../core/guard/guard-plugin.double.ts';
import { oldStatus, oldStopped } from '../core/guard/old-plugin.fixture.ts';
import { chatEntry, sendEntry } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

let composed: DrivenApp;

beforeEach(() => {
  composed = drivenApp();
});

const guard = () => composed.app.snapshot().guard;
const plugin = () => composed.gateway.guard;
const startGuarded = async (): Promise<void> => {
  plugin().version = brought;
  await composed.start();
};

describe('a gateway with the guard', () => {
  it('shows guard and stopped messages as soon as it is ready', async () => {
    composed.gateway.pending.send = [sendEntry('stopped-1')];
    await startGuarded();
    expect(guard()).toMatchObject({ plugin: { state: 'present', match: 'same' }, policy: { revision: 1 } });
    expect(composed.statuses()).toEqual({ 'send:stopped-1': 'pending' });
  });

  it('that gets the plugin while connected shows what it stopped from then on', async () => {
    composed.gateway.pending.send = [sendEntry('stopped-1')];
    await composed.start();
    expect([guard().plugin.state, composed.statuses()]).toEqual(['absent', {}]);
    plugin().version = brought;
    composed.gateway.announce('config.changed', {});
    await composed.settles({ 'send:stopped-1': 'pending' });
    expect(guard().plugin.state).toBe('present');
  });

  it('that loses the plugin says so, and offers nothing to answer that it stopped', async () => {
    composed.gateway.pending.send = [sendEntry('stopped-1')];
    composed.gateway.pending.chat = [chatEntry('c1')];
    await startGuarded();
    plugin().version = null;
    composed.gateway.announce('config.changed', {});
    await expect.poll(() => guard().plugin.state).toBe('absent');
    await expect.poll(() => composed.app.snapshot().openCount).toBe(1);
    expect(composed.app.snapshot().notices.map(({ id }) => id)).toEqual(['guard-gone']);
  });

  it('is unknown while not connected, and another one starts anew', async () => {
    await startGuarded();
    plugin().version = null;
    composed.gateway.endSession(1006);
    expect(guard().plugin.state).toBe('unknown');
    await composed.choose('wss://other.example');
    await composed.becomes('ready');
    expect([guard().plugin.state, composed.app.snapshot().notices]).toEqual(['absent', []]);
  });

  it('makes no new snapshot when nothing about it changed', async () => {
    await startGuarded();
    await composed.app.handlers['requests.refresh'](undefined);
    const { seq } = composed.app.snapshot();
    const reads = composed.gateway.requests.length;
    composed.timers.advance(30_000);
    await expect.poll(() => composed.gateway.requests.length).toBeGreaterThan(reads + 2);
    await composed.app.handlers['guard.rules'](undefined);
    expect(composed.app.snapshot().seq).toBe(seq);
  });
});

describe('a plugin older than the app', () => {
  it('is named; what it stopped is shown and cannot be answered', async () => {
    plugin().version = oldStatus.version;
    plugin().answers.set('status', oldStatus);
    composed.gateway.pending.send = [oldStopped(composed.timers.now)];
    await composed.start();
    const { id } = oldStopped(0);
    await composed.settles({ [`send:${id}`]: 'pending' });
    expect(guard().plugin).toMatchObject({ state: 'present', version: '0.2.0', match: 'older' });
    const [request] = composed.app.snapshot().requests;
    expect(request).toMatchObject({
      kind: 'send',
      answers: [],
      text: { text: 'The invoice is 4,200 euro.' },
    });
    composed.timers.advance(5_000);
    const calls = composed.gateway.requests.length;
    for (const answer of sendAnswers) {
      const input = { key: `send:${id}`, revision: request?.revision ?? 0, answer };
      expect(await composed.app.handlers['send.answer'](input)).toMatchObject({ ok: false });
    }
    expect(composed.gateway.requests.slice(calls).map(({ method }) => method)).not.toContain(
      'portcullis-guard.resolve',
    );
  });
});

describe('pausing', () => {
  beforeEach(async () => {
    composed.gateway.pending.send = [sendEntry('stopped-1')];
    await startGuarded();
  });

  it('from the tray stops everything, and resuming lets the rules decide again', async () => {
    composed.tray.choose('Pause all sends');
    await expect.poll(() => guard().paused).toBe(true);
    expect(plugin().policy).toEqual({ ...emptyPolicy, revision: 2, region: 'US', paused: true });
    await expect.poll(() => composed.tray.model?.tooltip).toContain('All sends are paused');
    composed.tray.choose('Resume sends');
    await expect.poll(() => guard().paused).toBe(false);
    expect(composed.opened).toEqual([]);
    expect(composed.journal.map(({ fact }) => fact).filter(({ kind }) => kind === 'rules-changed')).toEqual([
      { kind: 'rules-changed', by: 'us', summary: 'All sends paused' },
      { kind: 'rules-changed', by: 'us', summary: 'Sends resumed' },
    ]);
  });

  it('takes the answers away that would let a message out', async () => {
    const offered = () =>
      composed.app.snapshot().requests.flatMap((it) => (it.kind === 'send' ? it.answers : []));
    expect(offered()).toContain('once');
    expect(await composed.app.handlers['guard.pause']({ paused: true })).toEqual(ok(null));
    expect(offered()).toEqual(['deny', 'never']);
  });

  it('is not lifted from the tray while the screen is locked: the window opens instead', async () => {
    composed.tray.choose('Pause all sends');
    await expect.poll(() => guard().paused).toBe(true);
    await expect.poll(() => composed.tray.model?.tooltip).toContain('paused');
    composed.power.screenLocked = true;
    composed.tray.choose('Resume sends');
    await expect.poll(() => composed.opened).toEqual([null]);
    expect([guard().paused, plugin().policy?.paused]).toEqual([true, true]);
  });
});

describe('setting up', () => {
  const install = { part: 'plugin', action: 'install' } as const;

  it('is shown from the first step to the proof, and what was stopped appears', async () => {
    composed.gateway.pending.send = [sendEntry('stopped-1')];
    await composed.start();
    composed.guardInstaller.onApplied = () => {
      plugin().version = brought;
    };
    const seen: string[] = [];
    composed.app.onSnapshot(({ guard: { setup } }) => seen.push(setup.state));
    const planned = await composed.app.handlers['guard.planSetup'](install);
    const id = planned.ok ? planned.value.id : '';
    expect(await composed.app.handlers['guard.applySetup']({ id })).toEqual(ok(null));
    await expect.poll(() => guard().setup.state).toBe('done');
    expect(guard().setup).toMatchObject({ input: install, test: { plugin: 'stopped' } });
    expect(composed.journal.map(({ fact }) => fact)).toContainEqual({
      kind: 'setup',
      ...install,
      outcome: 'done',
    });
    await composed.settles({ 'send:stopped-1': 'pending' });
    expect([seen[0], seen.at(-1)]).toEqual(['working', 'done']);
  });

  it('goes on when the gateway restarts for it', async () => {
    await composed.start();
    composed.guardInstaller.onApplied = () => {
      composed.gateway.endSession(1012);
      plugin().version = brought;
    };
    const planned = await composed.app.handlers['guard.planSetup'](install);
    await composed.app.handlers['guard.applySetup']({ id: planned.ok ? planned.value.id : '' });
    await expect.poll(() => composed.app.snapshot().connection.state).not.toBe('ready');
    expect(guard().setup).toMatchObject({ state: 'working', step: 'waiting-for-gateway' });
    composed.timers.advance(10_000);
    await composed.becomes('ready');
    await expect.poll(() => guard().setup.state).toBe('done');
  });

  it('under way leaves nothing behind when the app stops, and takes nothing back', async () => {
    await composed.start();
    const planned = await composed.app.handlers['guard.planSetup'](install);
    await composed.app.handlers['guard.applySetup']({ id: planned.ok ? planned.value.id : '' });
    await expect.poll(() => guard().setup).toMatchObject({ step: 'waiting-for-gateway' });
    await composed.app.stop();
    expect([composed.timers.armed, composed.guardInstaller.changes]).toEqual([0, ['apply plan-1']]);
  });
});
