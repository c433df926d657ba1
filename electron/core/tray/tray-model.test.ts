import { describe, expect, it } from 'vitest';
import type { RequestView } from '../../contract/request.ts';
import type { ConnectionView } from '../../contract/snapshot.ts';
import { countingActivations, viewOf } from '../notify/notify.fixture.ts';
import type { TrayEntry } from '../ports.ts';
import { chat, device, startTime } from '../requests/requests.fixture.ts';
import { trayModel } from './tray-model.ts';

const gateway = { address: '127.0.0.1:18789', remote: false, version: '2026.9.6' };
const ready = { state: 'ready', gateway, missing: [], since: 0, limited: false } as const;
const lost: ConnectionView = { state: 'waiting', reason: 'connection-lost', gateway, retryAt: 0, attempt: 1 };
const armed = startTime + 1_000;

function model(
  requests: readonly RequestView[],
  connection: ConnectionView = ready,
  now = armed,
  openCount = requests.length,
) {
  return trayModel({ now, connection, requests, openCount }, countingActivations());
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
    const snapshot = { now: armed, connection: ready, requests: [viewOf(chat('c1'))], openCount: 1 };
    expect(trayModel(snapshot, activations)).toEqual(trayModel(snapshot, activations));
  });

  it('bounds every label, and keeps hostile text as text', () => {
    const entries = model([viewOf(device('d1', { displayName: `_&<b>${'x'.repeat(10_000)}` }))]).entries;
    const labels = JSON.stringify(entries).match(/"label":"[^"]*"/gu) ?? [];
    expect(Math.max(...labels.map((label) => label.length))).toBeLessThan(110);
    expect(labels.some((label) => label.includes('_&<b>xxx'))).toBe(true);
  });
});
