import { describe, expect, it } from 'vitest';
import { unknownGuard, type GuardView } from '../../contract/guard/guard-view.ts';
import { firstSnapshot } from '../../contract/snapshot.fixture.ts';
import type { RequestView } from '../../contract/request.ts';
import type { ConnectionView } from '../../contract/snapshot.ts';
import { countingActivations, viewOf } from '../notify/notify.fixture.ts';
import type { TrayEntry } from '../ports.ts';
import { chat, device, send, startTime } from '../requests/requests.fixture.ts';
import { trayModel } from './tray-model.ts';

const gateway = { address: '127.0.0.1:18789', remote: false, version: '2026.9.6' };
const ready = { state: 'ready', gateway, missing: [], since: 0, limited: false } as const;
const lost: ConnectionView = { state: 'waiting', reason: 'connection-lost', gateway, retryAt: 0, attempt: 1 };
const calendar = { dayAndTime: (at: number) => `time ${String(at)}` };
const armed = startTime + 1_000;

function model(
  requests: readonly RequestView[],
  connection: ConnectionView = ready,
  now = armed,
  openCount = requests.length,
) {
  return trayModel(
    { ...firstSnapshot, now, connection, requests, openCount },
    countingActivations(),
    calendar,
  );
}

function guarded(guard: Partial<GuardView>, connection: ConnectionView = ready) {
  const settings = { ...firstSnapshot.settings, hideSendText: false };
  const requests = [viewOf(send('s1'))];
  const snapshot = { ...firstSnapshot, now: armed, connection, requests, openCount: 1, settings };
  const activations = countingActivations();
  const drawn = trayModel({ ...snapshot, guard: { ...unknownGuard, ...guard } }, activations, calendar);
  return { ...drawn, activations };
}

function actions(entries: readonly TrayEntry[]): readonly (readonly [string, boolean])[] {
  return entries.flatMap((entry): (readonly [string, boolean])[] => {
    if (entry.type === 'submenu') return [...actions(entry.entries)];
    return entry.type === 'action' ? [[entry.label, entry.enabled]] : [];
  });
}

describe('the tray', () => {
  it('does not claim that nobody waits when it is not shown everybody', () => {
    expect(model([], { ...ready, limited: true }).tooltip).toBe(
      'Portcullis: Nobody is waiting that Portcullis can see',
    );
  });

  it('is calm when nobody waits', () => {
    expect(model([])).toEqual({
      icon: 'connected',
      count: 0,
      tooltip: 'Portcullis: Nobody is waiting',
      entries: [
        { type: 'label', label: 'Nobody is waiting' },
        { type: 'separator' },
        { type: 'action', label: 'Open Portcullis', enabled: true, token: 't1' },
        { type: 'action', label: 'Quit Portcullis', enabled: true, token: 't2' },
      ],
    });
  });

  it('offers every request with its answers', () => {
    expect(model([viewOf(chat('c1'))])).toEqual({
      icon: 'attention',
      count: 1,
      tooltip: 'Portcullis: 1 request is waiting',
      entries: [
        { type: 'label', label: '1 request is waiting' },
        { type: 'separator' },
        {
          type: 'submenu',
          label: '+15551230001 wants to message your assistant',
          entries: [
            { type: 'label', label: 'iMessage · account default' },
            { type: 'separator' },
            { type: 'action', label: 'Deny', enabled: true, token: 't2' },
            { type: 'action', label: 'Approve', enabled: true, token: 't3' },
            { type: 'action', label: 'Open', enabled: true, token: 't1' },
          ],
        },
        { type: 'separator' },
        { type: 'action', label: 'Open Portcullis', enabled: true, token: 't4' },
        { type: 'action', label: 'Quit Portcullis', enabled: true, token: 't5' },
      ],
    });
  });

  it.each([
    ['before it is armed', viewOf(chat('c1')), ready, armed - 1, 'Approve', false, true],
    [
      'when more scope is needed',
      viewOf(device('d1', { scopes: ['operator.admin'] })),
      ready,
      armed,
      'Review…',
      true,
      true,
    ],
    [
      'when something is concealed',
      viewOf(device('d1', { displayName: 'B\u200Bob' })),
      ready,
      armed,
      'Review…',
      true,
      true,
    ],
    [
      'when a line does not fit',
      viewOf(device('d1', { scopes: ['operator.read', 'operator.write', 'operator.pairing'] })),
      ready,
      armed,
      'Review…',
      true,
      true,
    ],
    [
      'while an answer is on its way',
      viewOf(chat('c1'), { status: 'submitting' }),
      ready,
      armed,
      'Approve',
      false,
      false,
    ],
    ['while not connected', viewOf(chat('c1')), lost, armed, 'Approve', false, false],
  ])('does not approve %s', (_name, view, connection, now, label, enabled, denyEnabled) => {
    const [deny, second] = actions(model([view], connection, now).entries);
    expect([deny, second]).toEqual([
      ['Deny', denyEnabled],
      [label, enabled],
    ]);
  });

  it('keeps known requests visible while not connected, and says that they cannot be answered', () => {
    const { icon, tooltip, entries } = model([viewOf(chat('c1'))], lost);
    expect([icon, tooltip]).toEqual(['disconnected', 'Portcullis: Connection lost']);
    expect(entries.slice(0, 2)).toEqual([
      { type: 'label', label: 'Connection lost' },
      { type: 'label', label: 'Not connected: answers are not possible now' },
    ]);
  });

  it('leaves out answered requests and counts those that do not fit', () => {
    const open = Array.from({ length: 12 }, (_, index) => viewOf(chat(`c${String(index)}`)));
    const outcome = { decision: 'denied', by: 'us', at: startTime, note: null } as const;
    const { entries } = model([...open, viewOf(chat('x'), { status: 'settled', outcome })], ready, armed, 50);
    expect(entries.filter(({ type }) => type === 'submenu')).toHaveLength(10);
    expect(entries).toContainEqual({ type: 'label', label: '40 more in Portcullis' });
  });

  it('keeps its tokens from one drawing to the next, so that a click on an open menu still counts', () => {
    const activations = countingActivations();
    const requests = [viewOf(chat('c1'))];
    const snapshot = { ...firstSnapshot, now: armed, connection: ready, requests, openCount: 1 };
    expect(trayModel(snapshot, activations, calendar)).toEqual(trayModel(snapshot, activations, calendar));
  });

  it('bounds every label, and keeps hostile text as text', () => {
    const entries = model([viewOf(device('d1', { displayName: `_&<b>${'x'.repeat(10_000)}` }))]).entries;
    const labels = JSON.stringify(entries).match(/"label":"[^"]*"/gu) ?? [];
    expect(Math.max(...labels.map((label) => label.length))).toBeLessThan(110);
    expect(labels.some((label) => label.includes('_&<b>xxx'))).toBe(true);
  });
});

describe('stopped messages in the tray', () => {
  const present = { state: 'present', version: '1.0.0', match: 'same', holdSeconds: 60 } as const;
  const unreadable = { status: 'unreadable', problem: 'Not JSON.', restorable: true } as const;
  const ofSends = (drawn: ReturnType<typeof guarded>) =>
    drawn.entries.flatMap((entry) =>
      entry.type === 'action' && entry.label.endsWith(' sends') ? [[entry.label, entry.enabled]] : [],
    );

  it('show the text that is let out, and are let out by name', () => {
    const [, , menu] = guarded({}).entries;
    expect(menu).toEqual({
      type: 'submenu',
      label: 'Message to +15551239999 stopped',
      entries: [
        { type: 'label', label: 'iMessage · account default · by main' },
        { type: 'label', label: '“The invoice is 4,200 euro.”' },
        { type: 'separator' },
        { type: 'action', label: 'Deny', enabled: true, token: 't2' },
        { type: 'action', label: 'Send once', enabled: true, token: 't3' },
        { type: 'action', label: 'Open', enabled: true, token: 't1' },
      ],
    });
  });

  it('are reviewed in the window while their text is hidden', () => {
    const view = viewOf(send('s1'));
    expect(actions(model([view]).entries).slice(0, 2)).toEqual([
      ['Deny', true],
      ['Review…', true],
    ]);
    expect(JSON.stringify(model([view]).entries)).not.toContain('invoice');
  });

  it.each([
    ['where no guard is', {}, ready, []],
    ['where the guard is', { plugin: present }, ready, [['Pause all sends', true]]],
    ['where rules are', { policy: { status: 'ready', revision: 3 } }, ready, [['Pause all sends', true]]],
    ['while paused', { plugin: present, paused: true }, ready, [['Resume sends', true]]],
    ['while not connected', { plugin: present }, lost, [['Pause all sends', false]]],
  ] as const)('can be paused %s', (_case, guard, connection, expected) => {
    expect(ofSends(guarded(guard, connection))).toEqual(expected);
  });

  it.each([true, false])('pause exactly as the entry says (paused: %j)', (paused) => {
    const { entries, activations } = guarded({ plugin: present, paused });
    const entry = entries.find((each) => each.type === 'action');
    expect(activations.take(entry?.type === 'action' ? entry.token : '').intent).toEqual({
      type: 'pause',
      paused: !paused,
    });
  });

  it.each([
    ['paused', { paused: true }, 'All sends are paused · 1 request is waiting'],
    [
      'paused, and the rules are damaged',
      { paused: true, policy: unreadable },
      'All sends are paused · 1 request is waiting',
    ],
    [
      'unguarded',
      { plugin: { state: 'absent' }, missing: [{ part: 'plugin' }] } as const,
      'The guard is gone: messages leave unchecked · 1 request is waiting',
    ],
    [
      'without readable rules',
      { policy: unreadable },
      'Send rules cannot be read: nothing unlisted leaves · 1 request is waiting',
    ],
  ])('say first when everything is %s', (_case, guard, line) => {
    const { tooltip, entries } = guarded(guard);
    expect([tooltip, entries[0]]).toEqual([`Portcullis: ${line}`, { type: 'label', label: line }]);
  });
});
