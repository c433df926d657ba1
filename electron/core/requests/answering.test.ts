import { describe, expect, it } from 'vitest';
import { noteTexts } from '../../contract/strings.ts';
import {
  ask,
  chat,
  device,
  facts,
  listOf,
  node,
  openInbox,
  startTime,
  submitted,
  withArmedDevice,
} from './requests.fixture.ts';

const accepted = { type: 'accepted', authoritative: false, note: null } as const;
const confirmed = { type: 'accepted', authoritative: true, note: null } as const;
const pending = { status: 'pending', decision: null, by: null, note: null };

describe('what may be submitted', () => {
  it('refuses until Approve is armed, while Deny counts at once', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(chat('c1'));
    clock.advance(999);
    expect(ask(inbox, 'chat:c1', 'approve')).toMatchObject({ ok: false, error: { code: 'not-armed' } });
    clock.advance(1);
    expect(ask(inbox, 'chat:c1', 'approve').ok).toBe(true);
    inbox.applyRequested(chat('c2'));
    expect(ask(inbox, 'chat:c2', 'deny').ok).toBe(true);
  });

  it('carries what the call needs', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(chat('c1'));
    clock.advance(1_000);
    expect(submitted(ask(inbox, 'chat:c1', 'approve'))).toEqual({
      key: 'chat:c1',
      id: 'c1',
      revision: 1,
      kind: 'chat',
      decision: 'approve',
      attempt: 1,
      elevation: [],
      channel: 'imessage',
      accountId: 'default',
      notifySupported: true,
    });
  });

  it('refuses a second answer, another revision, an unknown key, and everything while not connected', () => {
    const { inbox } = withArmedDevice();
    inbox.applyRequested(chat('c1'));
    expect(inbox.submit({ key: 'device:d1', revision: 2, decision: 'deny', elevate: false })).toMatchObject({
      error: { code: 'request-changed' },
    });
    expect(ask(inbox, 'device:d9', 'deny')).toMatchObject({ error: { code: 'request-gone' } });
    expect(ask(inbox, 'nonsense', 'deny')).toMatchObject({ error: { code: 'request-gone' } });
    submitted(ask(inbox, 'device:d1', 'approve'));
    expect(ask(inbox, 'device:d1', 'approve')).toMatchObject({ error: { code: 'already-submitting' } });
    inbox.disconnected();
    expect(ask(inbox, 'chat:c1', 'deny')).toMatchObject({ error: { code: 'not-connected' } });
  });

  it('asks for elevation before it approves more than we hold, never before it denies', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(device('d1', { scopes: ['operator.admin'] }));
    clock.advance(1_000);
    expect(ask(inbox, 'device:d1', 'approve')).toMatchObject({ error: { code: 'elevation-needed' } });
    expect(submitted(ask(inbox, 'device:d1', 'approve', true)).elevation.map(({ scope }) => scope)).toEqual([
      'operator.admin',
    ]);
    inbox.applyRequested(device('d2', { scopes: ['operator.admin'] }));
    expect(submitted(ask(inbox, 'device:d2', 'deny')).elevation).toEqual([]);
  });

  it('refuses an answer to a request whose time is up', () => {
    const { inbox, clock } = withArmedDevice();
    clock.time = startTime + 300_000;
    expect(ask(inbox, 'device:d1', 'approve')).toMatchObject({ error: { code: 'request-gone' } });
  });

  it('makes a changed request a new revision that has to arm again', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(node('n1'));
    clock.advance(5_000);
    inbox.applyRequested(node('n1', { commands: ['camera.snap', 'system.run'], ts: startTime + 5_000 }));
    expect(inbox.submit({ key: 'node:n1', revision: 1, decision: 'approve', elevate: true })).toMatchObject({
      error: { code: 'request-changed' },
    });
    expect(inbox.submit({ key: 'node:n1', revision: 2, decision: 'approve', elevate: true })).toMatchObject({
      error: { code: 'not-armed' },
    });
  });

  it('keeps the revision when only times change, so that a chatty contact can be answered', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(chat('c1'));
    clock.advance(2_000);
    const again = chat('c1', { lastSeenAt: new Date(startTime + 2_000).toISOString() });
    expect(inbox.applyList(inbox.listStarted('chat'), listOf(again)).changed).toEqual(['chat:c1']);
    expect(inbox.submit({ key: 'chat:c1', revision: 1, decision: 'approve', elevate: false }).ok).toBe(true);
  });
});

describe('what the gateway says about an answer', () => {
  it('is done only when the event confirms it', () => {
    const { inbox } = withArmedDevice();
    const submission = submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.answered(submission, accepted);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ status: 'submitting' });
    expect(inbox.applyResolved('device', 'd1', 'approved', startTime + 1_001).settled).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toEqual({
      status: 'settled',
      decision: 'approved',
      by: 'us',
      note: null,
    });
  });

  it('is ours when the event overtakes the answer to our call', () => {
    const { inbox } = withArmedDevice();
    const submission = submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.applyResolved('device', 'd1', 'approved', startTime + 1_001);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ status: 'submitting' });
    inbox.answered(submission, accepted);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'approved', by: 'us' });
  });

  it('is someone else’s when the event came but our call found it gone', () => {
    const { inbox } = withArmedDevice();
    const submission = submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.applyResolved('device', 'd1', 'approved', startTime + 1_001);
    inbox.answered(submission, { type: 'gone' });
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'approved', by: 'elsewhere' });
  });

  it('is someone else’s at once when the event says the opposite', () => {
    const { inbox } = withArmedDevice();
    const submission = submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.applyResolved('device', 'd1', 'denied', startTime + 1_001);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'denied', by: 'elsewhere' });
    expect(inbox.answered(submission, { type: 'gone' })).toEqual({
      added: [],
      changed: [],
      settled: [],
      relist: [],
    });
  });

  it('is confirmed by absence from a list asked for later', () => {
    const { inbox } = withArmedDevice();
    inbox.answered(submitted(ask(inbox, 'device:d1', 'deny')), accepted);
    inbox.applyList(inbox.listStarted('device'), listOf());
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'denied', by: 'us' });
  });

  it('is confirmed by the answer itself for chat contacts', () => {
    const { inbox } = openInbox();
    inbox.applyRequested(chat('c1'));
    const submission = submitted(ask(inbox, 'chat:c1', 'deny'));
    inbox.answered(submission, { ...confirmed, note: noteTexts.contactNotTold });
    expect(facts(inbox.get('chat:c1'))).toEqual({
      status: 'settled',
      decision: 'denied',
      by: 'us',
      note: noteTexts.contactNotTold,
    });
  });

  it('goes back to the owner when refused', () => {
    const { inbox } = withArmedDevice();
    inbox.answered(submitted(ask(inbox, 'device:d1', 'approve')), { type: 'refused', note: 'No.' });
    expect(facts(inbox.get('device:d1'))).toEqual({ ...pending, note: 'No.' });
    expect(ask(inbox, 'device:d1', 'approve').ok).toBe(true);
  });

  it('goes back to the owner, with a note and a fresh list, when nothing is confirmed in time', () => {
    const { inbox, clock } = withArmedDevice();
    const submission = submitted(ask(inbox, 'device:d1', 'approve'));
    clock.advance(5_000);
    inbox.answered(submission, accepted);
    clock.advance(9_999);
    expect(inbox.expire().changed).toEqual([]);
    clock.advance(1);
    expect(inbox.nextWake()).toBe(clock.now());
    expect(inbox.expire()).toMatchObject({ changed: ['device:d1'], relist: ['device'] });
    expect(facts(inbox.get('device:d1'))).toEqual({ ...pending, note: noteTexts.notConfirmed });
  });

  it('still counts when it comes after we gave up waiting', () => {
    const { inbox, clock } = withArmedDevice();
    const late = submitted(ask(inbox, 'device:d1', 'approve'));
    clock.advance(10_000);
    inbox.expire();
    inbox.answered(late, accepted);
    inbox.applyList(inbox.listStarted('device'), listOf());
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'approved', by: 'us' });
  });

  it('never counts for a later answer when it is a late refusal', () => {
    const { inbox, clock } = withArmedDevice();
    const first = submitted(ask(inbox, 'device:d1', 'approve'));
    clock.advance(10_000);
    inbox.expire();
    submitted(ask(inbox, 'device:d1', 'deny'));
    inbox.answered(first, { type: 'gone' });
    expect(facts(inbox.get('device:d1'))).toMatchObject({ status: 'submitting' });
  });

  it('reaches exactly its own request when two are answered at once', () => {
    const { inbox, clock } = openInbox();
    inbox.applyRequested(device('d1'));
    inbox.applyRequested(device('d2'));
    clock.advance(1_000);
    const first = submitted(ask(inbox, 'device:d1', 'approve'));
    const second = submitted(ask(inbox, 'device:d2', 'deny'));
    expect([first.id, first.decision, second.id, second.decision]).toEqual(['d1', 'approve', 'd2', 'deny']);
    inbox.answered(second, accepted);
    inbox.applyResolved('device', 'd2', 'denied', startTime + 1_001);
    inbox.answered(first, { type: 'gone' });
    expect([facts(inbox.get('device:d1')), facts(inbox.get('device:d2'))]).toMatchObject([
      { decision: 'withdrawn', by: 'elsewhere' },
      { decision: 'denied', by: 'us' },
    ]);
  });
});

describe('a lost connection', () => {
  it('marks an answer on its way as lost, and the next list gives the request back when it is still there', () => {
    const { inbox } = withArmedDevice();
    submitted(ask(inbox, 'device:d1', 'approve'));
    expect(inbox.disconnected().changed).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ status: 'lost' });
    expect(inbox.applyList(inbox.listStarted('device'), listOf(device('d1'))).changed).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toEqual({ ...pending, note: noteTexts.connectionLost });
  });

  it('says that it does not know when the request is gone afterwards', () => {
    const { inbox } = withArmedDevice();
    submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.disconnected();
    inbox.applyList(inbox.listStarted('device'), listOf());
    expect(facts(inbox.get('device:d1'))).toEqual({
      status: 'settled',
      decision: 'withdrawn',
      by: 'us',
      note: noteTexts.answerUnknown,
    });
  });

  it('learns better when the event still comes', () => {
    const { inbox } = withArmedDevice();
    submitted(ask(inbox, 'device:d1', 'approve'));
    inbox.disconnected();
    inbox.applyList(inbox.listStarted('device'), listOf());
    expect(inbox.applyResolved('device', 'd1', 'approved', startTime + 2_000).changed).toEqual(['device:d1']);
    expect(facts(inbox.get('device:d1'))).toMatchObject({ decision: 'approved', by: 'us' });
  });

  it('keeps the requests, and a list asked for before it is ignored', () => {
    const { inbox } = withArmedDevice();
    const ticket = inbox.listStarted('device');
    inbox.disconnected();
    inbox.applyList(ticket, listOf());
    expect(facts(inbox.get('device:d1'))).toEqual(pending);
  });
});
