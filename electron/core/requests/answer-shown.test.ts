/** An answer is bound to the message on its card, and costs few calls. */
import { beforeEach, describe, expect, it } from 'vitest';
import { sendErrorTexts } from '../../contract/guard/send-texts.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { Answered } from './answered.fixture.ts';
import { send, sendEntry, startTime } from './requests.fixture.ts';
import type { SendWire } from './send-wire.ts';

let gate: Answered;

beforeEach(() => {
  gate = new Answered();
});

const held = { state: 'held', until: startTime + 60_000 } as const;

function stopped(more: Partial<SendWire> = {}): string {
  gate.listed.send = [sendEntry('stopped1', more)];
  return gate.waits(send('stopped1', more));
}

describe('an answer to a stopped message', () => {
  it('names what was shown, and only that', async () => {
    const key = stopped({ ...held, shown: 'b'.repeat(64) });
    void gate.answerSend(key, 'once');
    await expect
      .poll(() => gate.sent().map(({ params }) => params))
      .toEqual([{ id: 'stopped1', decision: 'send-once', shown: 'b'.repeat(64) }]);
  });

  it.each([
    ['by code', fail({ ...localFailure('CHANGED', 'no', false), detail: 'CHANGED' })],
    ['by reason', fail({ ...localFailure('INVALID_REQUEST', 'no', false), detail: 'CHANGED' })],
  ])('to a message that changed since is refused %s, and the new one is shown', async (_how, refusal) => {
    const key = stopped({ ...held, shown: 'b'.repeat(64) });
    const before = gate.inbox.get(key)?.revision ?? 0;
    const done = gate.answerSend(key, 'once');
    gate.listed.send = [sendEntry('stopped1', { ...held, text: 'Other.', shown: 'c'.repeat(64) })];
    await gate.answer(0, refusal);
    expect(await done).toEqual(fail(appError('request-changed', sendErrorTexts.changed, true)));
    expect(gate.inbox.get(key)).toMatchObject({ status: 'pending', text: { text: 'Other.' } });
    expect(gate.inbox.get(key)?.revision).toBeGreaterThan(before);
    expect(gate.inbox.get(key)?.note).toBe(sendErrorTexts.changed);
  });

  it('held and sent costs three calls at most, with its announcement', async () => {
    gate.listed.send = [];
    const reads = gate.listReads.length;
    const entry = sendEntry('stopped9', { ...held, shown: 'b'.repeat(64) });
    gate.feed.event({
      name: 'plugin.portcullis-guard.blocked',
      payload: { id: 'stopped9', state: 'held', entry },
    });
    expect(gate.inbox.get('send:stopped9')).toMatchObject({ status: 'pending' });
    gate.clock.advance(2_000);
    const done = gate.answerSend('send:stopped9', 'once');
    await gate.answer(0, ok({ id: 'stopped9', applied: true, state: 'allowed', send: null }));
    await done;
    gate.feed.event({ name: 'plugin.portcullis-guard.settled', payload: { id: 'stopped9', state: 'sent' } });
    expect(gate.sent().length + gate.listReads.length - reads).toBeLessThanOrEqual(3);
    expect(gate.inbox.get('send:stopped9')).toMatchObject({
      status: 'settled',
      outcome: { decision: 'approved', by: 'us' },
    });
  });
});
