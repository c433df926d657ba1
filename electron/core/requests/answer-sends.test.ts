import { beforeEach, describe, expect, it } from 'vitest';
import { sendAnswers, type SendAnswer } from '../../contract/guard/send-answer.ts';
import { sendErrorTexts, sendNoteTexts, sendRuleNotes } from '../../contract/guard/send-texts.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { lost } from '../gateway/outside.double.ts';
import { Answered } from './answered.fixture.ts';
import { device, facts, send, sendEntry, startTime } from './requests.fixture.ts';
import type { SendWire } from './send-wire.ts';

let gate: Answered;

beforeEach(() => {
  gate = new Answered();
  gate.listed.send = [sendEntry('stopped1')];
});

const held = { state: 'held', until: startTime + 60_000 } as const;
/** What the guard hands out for a refused message: everything the gateway's own `send` wants. */
const delivery = {
  channel: 'imessage',
  accountId: 'default',
  to: '+15551239999',
  message: 'The invoice is 4,200 euro.',
  idempotencyKey: 'portcullis-stopped1.1',
};

function stopped(more: Partial<SendWire> = {}): string {
  gate.listed.send = [sendEntry('stopped1', more)];
  return gate.waits(send('stopped1', more));
}

function answered(state: string, applied = true, toSend: unknown = null) {
  return ok({ id: 'stopped1', applied, state, send: toSend });
}

function guardRefuses(reason: string) {
  return fail({ ...localFailure('INVALID_REQUEST', 'no', false), detail: reason });
}

function resolveCall(decision: string) {
  return { over: 'resting', method: 'portcullis-guard.resolve', params: { id: 'stopped1', decision } };
}

function now(key: string) {
  return facts(gate.inbox.get(key));
}

describe('an answer to a stopped message', () => {
  it.each<[SendAnswer, string]>([
    ['once', 'send-once'],
    ['hour', 'allow-hour'],
    ['always', 'allow-always'],
    ['deny', 'deny'],
    ['never', 'never'],
  ])('%s is one call', async (answer, decision) => {
    const key = stopped(held);
    const done = gate.answerSend(key, answer);
    gate.listed.send = [];
    const stays = answer === 'deny' || answer === 'never';
    await gate.answer(0, answered(stays ? 'denied' : 'allowed'));
    expect(await done).toEqual(ok(null));
    expect([gate.sent(), gate.elevations]).toEqual([[resolveCall(decision)], []]);
    expect(now(key)).toEqual({
      status: 'settled',
      decision: stays ? 'denied' : 'approved',
      by: 'us',
      note: sendRuleNotes[answer],
    });
  });

  it.each([
    ['approve', 'send-once'],
    ['deny', 'deny'],
  ] as const)('may come as %s from a notification or the tray', async (press, decision) => {
    const key = stopped(held);
    void (press === 'approve' ? gate.approve(key) : gate.deny(key));
    await expect.poll(() => gate.sent()).toEqual([resolveCall(decision)]);
  });

  it('delivers a message that was refused already, exactly as the guard hands it out', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'always');
    await gate.answer(0, answered('allowed', true, delivery));
    gate.listed.send = [];
    await gate.answer(1, ok({ messageId: 'SENT-1' }));
    expect(await done).toEqual(ok(null));
    expect(gate.sent()).toEqual([
      resolveCall('allow-always'),
      { over: 'resting', method: 'send', params: delivery },
    ]);
    const note = `${sendNoteTexts.delivered} ${sendRuleNotes.always ?? ''}`;
    expect(now(key)).toEqual({ status: 'settled', decision: 'approved', by: 'us', note });
  });

  it('that delivered it is not undone by a list that still holds it as under way', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'once');
    await gate.answer(0, answered('allowed', true, delivery));
    gate.listed.send = [sendEntry('stopped1', { state: 'allowed', until: startTime + 300_000 })];
    await gate.answer(1, ok({}));
    await done;
    await gate.feed.refresh('send');
    expect(now(key)).toMatchObject({ status: 'settled', decision: 'approved', by: 'us' });
  });

  it('waits for the next try where the gateway cannot send it, and says so', async () => {
    const key = stopped({ media: ['invoice.pdf'] });
    const done = gate.answerSend(key, 'once');
    gate.listed.send = [sendEntry('stopped1', { media: ['invoice.pdf'], state: 'allowed' })];
    await gate.answer(0, answered('allowed'));
    expect(await done).toEqual(ok(null));
    expect(now(key)).toMatchObject({ status: 'submitting', decision: null, note: sendNoteTexts.underWay });
    gate.listed.send = [sendEntry('stopped1', { media: ['invoice.pdf'] })];
    await gate.feed.refresh('send');
    expect(now(key)).toMatchObject({ status: 'pending', note: sendNoteTexts.nextTry });
  });
});

describe('a delivery that fails', () => {
  const noDelivery = fail(localFailure('UNAVAILABLE', 'No delivery result', true));

  it.each<[SendAnswer, string]>([
    ['once', sendNoteTexts.notDelivered],
    ['always', sendNoteTexts.notDeliveredRuleStays],
  ])('is taken back after %s, and can be answered again', async (answer, note) => {
    const key = stopped();
    const done = gate.answerSend(key, answer);
    await gate.answer(0, answered('allowed', true, delivery));
    await gate.answer(1, noDelivery);
    await gate.answer(2, answered('refused'));
    expect(await done).toEqual(fail(appError('not-delivered', note, true)));
    expect(gate.sent()[2]).toEqual(resolveCall('take-back'));
    expect(now(key)).toMatchObject({ status: 'pending', note });
  });

  it('counts as delivered when the guard saw it leave after all', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'once');
    await gate.answer(0, answered('allowed', true, delivery));
    await gate.answer(1, noDelivery);
    gate.listed.send = [];
    await gate.answer(2, answered('sent', false));
    expect(await done).toEqual(ok(null));
    expect(now(key)).toMatchObject({ decision: 'approved', by: 'us', note: sendNoteTexts.delivered });
  });

  it.each([
    ['TIMEOUT', 'gateway-timeout', noteTexts.notConfirmed],
    ['CONNECTION_LOST', 'connection-lost', answerErrorTexts.connectionLost],
  ] as const)(
    'without a clear answer (%s) is not taken back: it may have left',
    async (code, error, text) => {
      const key = stopped();
      const done = gate.answerSend(key, 'once');
      await gate.answer(0, answered('allowed', true, delivery));
      await gate.answer(1, fail(localFailure(code, 'unclear', true)));
      expect(await done).toEqual(fail(appError(error, text, true)));
      expect(gate.calls).toHaveLength(2);
      expect(now(key)?.decision).toBeNull();
    },
  );

  it('is found out by the list after the connection was lost', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'once');
    await gate.answer(0, answered('allowed', true, delivery));
    gate.breakDown();
    await gate.answer(1, fail(lost(1006)));
    await done;
    expect(now(key)).toMatchObject({ status: 'lost' });
    gate.down = false;
    gate.listed.send = [sendEntry('stopped1', { state: 'allowed' })];
    await gate.feed.readAll();
    gate.inbox.connected();
    expect(now(key)).toMatchObject({ status: 'submitting', note: sendNoteTexts.underWay });
    gate.listed.send = [sendEntry('stopped1')];
    await gate.feed.readAll();
    expect(now(key)).toMatchObject({ status: 'pending' });
    expect(gate.calls).toHaveLength(2);
  });
});

describe('somebody faster', () => {
  it.each([
    ['let it out and it left', 'allowed', 'approved'],
    ['sent it', 'sent', 'approved'],
    ['denied it', 'denied', 'denied'],
  ])('%s: the card says so, and nothing is sent', async (_case, state, decision) => {
    const key = stopped(held);
    const done = gate.answerSend(key, 'once');
    gate.listed.send = [];
    await gate.answer(0, answered(state, false));
    expect(await done).toEqual(ok(null));
    expect([gate.calls.length, now(key)]).toMatchObject([
      1,
      { status: 'settled', decision, by: 'elsewhere' },
    ]);
  });

  it('was ourselves, when an earlier answer of ours had not been confirmed', async () => {
    const key = stopped(held);
    const first = gate.answerSend(key, 'once');
    await gate.answer(0, fail(localFailure('TIMEOUT', 'late', true)));
    await first;
    const second = gate.answerSend(key, 'once');
    gate.listed.send = [];
    await gate.answer(1, answered('allowed', false));
    expect(await second).toEqual(ok(null));
    expect(now(key)).toMatchObject({ decision: 'approved', by: 'us' });
  });
});

describe('the guard refuses', () => {
  it.each([
    ['paused', 'gateway-refused', sendNoteTexts.paused, true],
    ['policy-unreadable', 'rules-unreadable', sendNoteTexts.rulesUnreadable, false],
    ['busy', 'gateway-refused', sendNoteTexts.rulesBusy, true],
    ['denied', 'gateway-refused', sendNoteTexts.denied, false],
    ['not-repeatable', 'gateway-refused', sendErrorTexts.notOffered, false],
    ['something-new', 'gateway-refused', noteTexts.refused, true],
  ] as const)('because of %s: the message stays, with the reason', async (reason, code, text, retryable) => {
    const key = stopped();
    const done = gate.answerSend(key, 'once');
    await gate.answer(0, guardRefuses(reason));
    expect(await done).toEqual(fail(appError(code, text, retryable)));
    expect(now(key)).toMatchObject({ status: 'pending', note: text });
  });

  it('because it is not there any more: it leaves the queue', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'deny');
    gate.listed.send = [];
    await gate.answer(0, guardRefuses('unknown'));
    await done;
    expect(now(key)).toMatchObject({ status: 'settled', decision: 'withdrawn' });
  });

  it('in words nobody understands: it may have counted', async () => {
    const key = stopped();
    const done = gate.answerSend(key, 'once');
    await gate.answer(0, ok({ applied: 'perhaps' }));
    expect(await done).toMatchObject({ error: { code: 'gateway-timeout' } });
    expect(gate.calls).toHaveLength(1);
  });
});

describe('nothing leaves', () => {
  it.each(sendAnswers)('on a locked screen by %s, unless it keeps the message in', async (answer) => {
    const key = stopped();
    gate.screenLocked = true;
    void gate.answerSend(key, answer);
    const keepsIn = answer === 'deny' || answer === 'never';
    expect(gate.calls).toHaveLength(keepsIn ? 1 : 0);
  });

  it('before the owner had time to look', async () => {
    const request = send('stopped1');
    gate.inbox.applyRequested(request);
    expect(await gate.answerSend(request.key, 'once')).toMatchObject({ error: { code: 'not-armed' } });
    expect(gate.calls).toEqual([]);
  });

  it.each<[string, Partial<SendWire>, SendAnswer]>([
    ['not offered', { textComplete: false }, 'once'],
    ['not offered, however it was kept in', { targets: [{ to: 'Mum', key: null, people: [] }] }, 'never'],
    ['given already', { state: 'allowed' }, 'once'],
  ])('by an answer that was %s', async (_case, more, answer) => {
    expect((await gate.answerSend(stopped(more), answer)).ok).toBe(false);
    expect(gate.calls).toEqual([]);
  });

  it('by an old look at it', async () => {
    const key = stopped();
    expect(await gate.sender.answerSend({ key, revision: 0, answer: 'always' })).toMatchObject({
      error: { code: 'request-changed' },
    });
    expect(gate.calls).toEqual([]);
  });

  it.each(sendAnswers)('and nobody gets in by the answer %s to something else', async (answer) => {
    const key = gate.waits(device('d1'));
    expect(await gate.answerSend(key, answer)).toEqual(fail(appError('bad-input', sendErrorTexts.notASend)));
    expect(gate.calls).toEqual([]);
  });
});
