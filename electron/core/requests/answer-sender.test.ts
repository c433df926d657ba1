import { beforeEach, describe, expect, it } from 'vitest';
import { appError, fail, ok } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { lost, refused } from '../gateway/outside.double.ts';
import { Answered } from './answered.fixture.ts';
import type { IncomingRequest } from './incoming.ts';
import { chat, device, facts, node } from './requests.fixture.ts';

let gate: Answered;

beforeEach(() => {
  gate = new Answered();
});

const c1 = { channel: 'imessage', accountId: 'default', requestId: 'c1' };

describe('what is sent', () => {
  it.each<[string, IncomingRequest, 'approve' | 'deny', string, unknown]>([
    ['a chat contact', chat('c1'), 'approve', 'channels.pairing.approve', { ...c1, notify: false }],
    ['a chat contact', chat('c1'), 'deny', 'channels.pairing.dismiss', c1],
    ['a device', device('d1'), 'approve', 'device.pair.approve', { requestId: 'd1' }],
    ['a device', device('d1'), 'deny', 'device.pair.reject', { requestId: 'd1' }],
    ['a node', node('n1'), 'approve', 'node.pair.approve', { requestId: 'n1' }],
    ['a node', node('n1'), 'deny', 'node.pair.reject', { requestId: 'n1' }],
  ])('for %s: %o, %s', async (_who, request, decision, method, params) => {
    const key = gate.waits(request);
    const done = decision === 'approve' ? gate.approve(key) : gate.deny(key);
    await gate.answer(0, ok({}));
    expect(await done).toEqual(ok(null));
    expect([gate.sent(), gate.elevations]).toEqual([[{ over: 'resting', method, params }], []]);
  });

  it.each([
    ['asked for and possible', true, true, true],
    ['asked for, but the channel cannot', true, false, false],
    ['not asked for', false, true, false],
  ])('tells the contact only when that is %s', async (_case, notifyContact, notifySupported, notify) => {
    const done = gate.approve(gate.waits(chat('c1', { notifySupported })), { notifyContact });
    await gate.answer(0, ok({ notification: 'sent' }));
    await done;
    expect(gate.calls[0]?.params).toEqual({ ...c1, notify });
  });

  it.each([
    ['sent', null],
    ['failed', noteTexts.contactNotTold],
  ])('says when the contact could not be told (%s)', async (notification, note) => {
    const key = gate.waits(chat('c1'));
    const done = gate.approve(key, { notifyContact: true });
    gate.listed.chat = [];
    await gate.answer(0, ok({ notification }));
    expect(await done).toEqual(ok(null));
    expect(facts(gate.inbox.get(key))).toEqual({ status: 'settled', decision: 'approved', by: 'us', note });
  });
});

describe('what is not sent', () => {
  it('is an approval while the screen is locked; denying goes on', async () => {
    const key = gate.waits(device('d1'));
    gate.screenLocked = true;
    expect(await gate.approve(key)).toEqual(fail(appError('not-armed', answerErrorTexts.screenLocked, true)));
    void gate.deny(key);
    expect(gate.sent()).toEqual([
      { over: 'resting', method: 'device.pair.reject', params: { requestId: 'd1' } },
    ]);
  });

  it.each([
    ['of something unknown', 'device:other', {}, 'request-gone'],
    ['with an old revision', 'device:d1', { revision: 0 }, 'request-changed'],
  ])('is an answer %s', async (_case, key, more, code) => {
    gate.waits(device('d1'));
    expect(await gate.approve(key, more)).toMatchObject({ ok: false, error: { code } });
    expect([gate.calls, gate.elevations]).toEqual([[], []]);
  });

  it('is a second answer while the first is on its way', async () => {
    const key = gate.waits(device('d1'));
    void gate.approve(key);
    expect(await gate.approve(key)).toMatchObject({ error: { code: 'already-submitting' } });
    expect(await gate.deny(key)).toMatchObject({ error: { code: 'already-submitting' } });
    expect(gate.calls).toHaveLength(1);
  });

  it('is anything while disconnected', async () => {
    const key = gate.waits(device('d1'));
    gate.inbox.disconnected();
    expect([await gate.approve(key), await gate.deny(key)]).toMatchObject([
      { error: { code: 'not-connected' } },
      { error: { code: 'not-connected' } },
    ]);
    expect(gate.calls).toEqual([]);
  });
});

describe('what comes back', () => {
  it('counts for a device once the gateway has confirmed it', async () => {
    const key = gate.waits(device('d1'));
    gate.listed.device = [];
    const done = gate.approve(key);
    await gate.answer(0, ok({ requestId: 'd1' }));
    expect(await done).toEqual(ok(null));
    await expect.poll(() => facts(gate.inbox.get(key))?.decision).toBe('approved');
    expect(gate.listReads).toEqual(['device.pair.list']);
  });

  it('is told as refused while the request is still listed', async () => {
    const key = gate.waits(device('d1'));
    const done = gate.approve(key);
    await gate.answer(0, fail(refused('SOMETHING')));
    expect(await done).toEqual(fail(appError('gateway-refused', noteTexts.refused, true)));
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.refused });
  });

  it('is no error when somebody was faster', async () => {
    const key = gate.waits(device('d1'));
    const done = gate.approve(key);
    gate.listed.device = [];
    await gate.answer(0, fail(refused('UNKNOWN_REQUEST')));
    expect(await done).toEqual(ok(null));
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'settled', by: 'elsewhere' });
  });

  it('is told as gone when its time was up', async () => {
    const key = gate.waits(device('d1'));
    gate.clock.advance(299_500 - 1_000);
    const done = gate.approve(key);
    gate.clock.advance(1_000);
    gate.listed.device = [];
    await gate.answer(0, fail(refused('UNKNOWN_REQUEST')));
    expect(await done).toEqual(fail(appError('request-gone', answerErrorTexts.gone)));
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'expired' });
  });

  it.each(['TIMEOUT', 'BAD_ANSWER'])(
    'may or may not have counted (%s): the list is read and the owner told so',
    async (code) => {
      const key = gate.waits(device('d1'));
      const done = gate.approve(key);
      await gate.answer(0, fail(localFailure(code, 'unclear', true)));
      expect(await done).toEqual(fail(appError('gateway-timeout', noteTexts.notConfirmed, true)));
      expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.notConfirmed });
      expect(gate.listReads).toEqual(['device.pair.list']);
    },
  );

  it('is lost with the connection, and never sent again by itself', async () => {
    const key = gate.waits(device('d1'));
    const done = gate.approve(key);
    gate.breakDown();
    await gate.answer(0, fail(lost(1006)));
    expect(await done).toEqual(fail(appError('connection-lost', answerErrorTexts.connectionLost, true)));
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'lost' });
    gate.down = false;
    expect(await gate.feed.readAll()).toBe(true);
    gate.inbox.connected();
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.connectionLost });
    expect(gate.calls).toHaveLength(1);
  });

  it('belongs to its own request when two are answered at once', async () => {
    const laptop = gate.waits(device('d1'));
    const contact = gate.waits(chat('c1'));
    gate.listed.chat = [];
    const denied = gate.deny(contact);
    const approved = gate.approve(laptop);
    await gate.answer(1, fail(refused('SOMETHING')));
    await gate.answer(0, ok({}));
    expect([await approved, await denied]).toMatchObject([
      { error: { code: 'gateway-refused' } },
      { ok: true },
    ]);
    expect([facts(gate.inbox.get(laptop)), facts(gate.inbox.get(contact))]).toMatchObject([
      { status: 'pending', decision: null },
      { status: 'settled', decision: 'denied', by: 'us' },
    ]);
  });
});

describe('the end', () => {
  it('waits for answers under way', async () => {
    const key = gate.waits(device('d1'));
    const order: string[] = [];
    const done = gate.approve(key).then(() => order.push('answered'));
    const idle = gate.sender.idle().then(() => order.push('idle'));
    await gate.answer(0, ok({}));
    await Promise.all([done, idle]);
    expect(order).toEqual(['answered', 'idle']);
  });

  it('is there at once when nothing is under way', async () => {
    await expect(gate.sender.idle()).resolves.toBeUndefined();
  });
});
