import { describe, expect, it } from 'vitest';
import {
  ask,
  chat,
  device,
  facts,
  listOf,
  node,
  openInbox,
  restScopes,
  startTime,
  submitted,
  withArmedDevice,
} from './requests.fixture.ts';

const pending = { status: 'pending', decision: null, by: null, note: null };

describe('lists', () => {
  it('never remove a request whose event arrived after the list was asked for', () => {
    const { inbox } = openInbox();
    const ticket = inbox.listStarted('device');
    inbox.applyRequested(device('d1'));
    inbox.applyList(ticket, listOf());
    expect(inbox.views(10).openCount).toBe(1);
  });

  it('never bring back a request that was resolved after the list was asked for', () => {
    const { inbox } = openInbox();
    const ticket = inbox.listStarted('device');
    inbox.applyResolved('device', 'd1', 'approved', startTime);
    inbox.applyList(ticket, listOf(device('d1')));
    expect(inbox.views(10).openCount).toBe(0);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'approved', by: 'elsewhere' });
  });

  it('settle what is absent as no longer waiting', () => {
    const { inbox } = withArmedDevice();
    inbox.applyRequested(chat('c1'));
    expect(inbox.applyList(inbox.listStarted('device'), listOf()).settled).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'withdrawn', by: 'elsewhere' });
    expect(facts(inbox.get('chat:c1'))).toEqual(pending);
  });

  it('settle nothing when they are incomplete, nor what is listed but unreadable', () => {
    const { inbox } = withArmedDevice();
    inbox.applyList(inbox.listStarted('device'), { ...listOf(), complete: false });
    inbox.applyList(inbox.listStarted('device'), { ...listOf(), listedIds: new Set(['d1']), rejected: 1 });
    expect(facts(inbox.get('device:d1'))).toEqual(pending);
  });

  it('settle nothing where the gateway shows a device token only its own requests', () => {
    const { inbox } = openInbox({ held: () => ({ scopes: restScopes, ownDeviceOnly: true }) });
    for (const request of [device('d1'), node('n1'), chat('c1')]) inbox.applyRequested(request);
    for (const kind of ['device', 'node', 'chat'] as const)
      inbox.applyList(inbox.listStarted(kind), listOf());
    expect(['device:d1', 'node:n1', 'chat:c1'].map((key) => inbox.get(key)?.status)).toEqual([
      'pending',
      'pending',
      'settled',
    ]);
  });

  it('never put older facts in the place of newer ones', () => {
    const { inbox } = openInbox();
    const ticket = inbox.listStarted('node');
    inbox.applyRequested(node('n1', { displayName: 'New', ts: startTime + 1 }));
    inbox.applyList(ticket, listOf(node('n1', { displayName: 'Old' })));
    inbox.applyRequested(node('n1', { displayName: 'Old' }));
    expect(inbox.get('node:n1')?.who.text).toBe('New');
  });

  it('are ignored when a later one was applied already', () => {
    const { inbox } = openInbox();
    const older = inbox.listStarted('device');
    const newer = inbox.listStarted('device');
    inbox.applyList(newer, listOf(device('d1')));
    inbox.applyList(older, listOf());
    expect(inbox.views(10).openCount).toBe(1);
  });

  it('bring back what was concluded to be gone, as a new revision', () => {
    const { inbox } = openInbox();
    inbox.applyList(inbox.listStarted('chat'), listOf(chat('c1')));
    inbox.applyList(inbox.listStarted('chat'), listOf());
    inbox.applyList(inbox.listStarted('chat'), listOf(chat('c1')));
    expect(inbox.views(10).requests.map(({ key, status, revision }) => [key, status, revision])).toEqual([
      ['chat:c1', 'pending', 2],
    ]);
  });

  it('change nothing, not even the identity of what is shown, when they say the same again', () => {
    const { inbox } = openInbox();
    inbox.applyList(inbox.listStarted('chat'), listOf(chat('c1'), chat('c2')));
    const before = inbox.views(10);
    expect(inbox.applyList(inbox.listStarted('chat'), listOf(chat('c2'), chat('c1')))).toEqual({
      added: [],
      changed: [],
      settled: [],
      relist: [],
    });
    expect(inbox.views(10)).toBe(before);
  });
});

describe('time', () => {
  it('ends a device request after five minutes, asking the gateway first while connected', () => {
    const { inbox, clock } = withArmedDevice();
    expect(inbox.nextWake()).toBe(startTime + 1_000);
    inbox.expire();
    clock.time = startTime + 300_000;
    expect(inbox.nextWake()).toBe(clock.now());
    expect(inbox.expire()).toMatchObject({ settled: [], relist: ['device'] });
    clock.advance(3_000);
    expect(inbox.expire().settled).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toEqual({
      status: 'expired',
      decision: null,
      by: null,
      note: null,
    });
  });

  it('ends it at once while not connected', () => {
    const { inbox, clock } = withArmedDevice();
    inbox.disconnected();
    clock.time = startTime + 300_000;
    expect(inbox.expire().settled).toEqual(['device:d1']);
  });

  it('lets a request live on, without countdown, when the gateway still lists it', () => {
    const { inbox, clock } = withArmedDevice();
    clock.time = startTime + 300_000;
    inbox.expire();
    inbox.applyList(inbox.listStarted('device'), listOf(device('d1')));
    expect(inbox.get('device:d1')).toMatchObject({ status: 'pending', expiresAt: null, revision: 1 });
    clock.advance(60_000);
    expect(inbox.expire()).toMatchObject({ settled: [], relist: ['device'] });
    inbox.applyList(inbox.listStarted('device'), listOf());
    expect(facts(inbox.get('device:d1'))).toMatchObject({ status: 'expired' });
  });

  it('does not show an event that comes after its request has expired', () => {
    const { inbox, clock } = openInbox();
    clock.time = startTime + 300_000;
    expect(inbox.applyRequested(device('d1'))).toEqual({
      added: [],
      changed: [],
      settled: ['device:d1'],
      relist: ['device'],
    });
  });

  it('never ends a node request', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(node('n1'));
    clock.advance(1_000);
    inbox.expire();
    expect(inbox.nextWake()).toBeNull();
  });
});

describe('what is shown', () => {
  it('is open requests oldest first, bounded, with the count of all, then the answered ones', () => {
    const { inbox } = openInbox();
    for (let age = 0; age < 6; age += 1)
      inbox.applyRequested(device(`d${String(age)}`, { ts: startTime - age }));
    inbox.applyResolved('device', 'd5', 'denied', startTime + 1);
    inbox.applyResolved('device', 'd4', 'approved', startTime + 2);
    const { requests, openCount } = inbox.views(2);
    expect([requests.map(({ key }) => key), openCount]).toEqual([
      ['device:d3', 'device:d2', 'device:d4', 'device:d5'],
      4,
    ]);
  });

  it('forgets answered requests after ten minutes and beyond twenty', () => {
    const { inbox, clock } = openInbox();
    for (let index = 0; index < 25; index += 1) {
      inbox.applyRequested(node(`n${String(index)}`));
      inbox.applyResolved('node', `n${String(index)}`, 'denied', startTime + index);
    }
    expect(inbox.views(10).requests).toHaveLength(20);
    clock.time = startTime + 600_000 + 14;
    inbox.expire();
    expect(inbox.views(10).requests).toHaveLength(10);
  });

  it('leaves out our own device', () => {
    const own = device('d1');
    const { inbox } = openInbox({ ownDeviceId: () => (own.kind === 'device' ? own.deviceId : null) });
    inbox.applyRequested(own);
    inbox.applyList(inbox.listStarted('device'), listOf(own));
    expect(inbox.views(10)).toEqual({ requests: [], openCount: 0 });
  });

  it('ignores resolutions of requests nobody was asked about', () => {
    const { inbox } = openInbox();
    inbox.applyResolved('device', 'silent', 'approved', startTime);
    expect(inbox.views(10)).toEqual({ requests: [], openCount: 0 });
  });

  it('shows what approving needs with the authority held now', () => {
    let scopes = ['operator.read'];
    const { inbox } = openInbox({ held: () => ({ scopes, ownDeviceOnly: false }) });
    inbox.applyRequested(device('d1'));
    const needed = () => inbox.get('device:d1')?.elevation.map(({ scope }) => scope);
    expect(needed()).toEqual(['operator.write']);
    scopes = ['operator.write'];
    inbox.disconnected();
    inbox.connected();
    expect(needed()).toEqual([]);
  });

  it('starts empty for another gateway', () => {
    const { inbox } = withArmedDevice();
    submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.clear();
    expect(inbox.views(10)).toEqual({ requests: [], openCount: 0 });
    expect(inbox.nextWake()).toBeNull();
  });
});
