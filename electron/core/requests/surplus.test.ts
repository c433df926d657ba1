import { describe, expect, it } from 'vitest';
import { surplusTexts } from '../../contract/guard/send-texts.ts';
import type { SendRequestView } from '../../contract/request.ts';
import { ok } from '../../contract/result.ts';
import { Answered } from './answered.fixture.ts';
import { describeSend } from './describe-send.ts';
import { facts, listOf, openInbox, send, sendEntry, startTime } from './requests.fixture.ts';
import type { SendWire } from './send-wire.ts';
import type { SendGate } from './send-view.ts';

const plain = (text: string, truncated = false) => ({ text, altered: false, truncated, mixedScripts: false });
const limit = { inAll: 20, toOne: 5 };

function surplus(count: number, more: Partial<SendWire> = {}): Partial<SendWire> {
  const targets = [{ to: '+15551230001', key: '+15551230001', people: [] }];
  const messages = Array.from({ length: count }, (_, index) => ({
    to: '+15551230001',
    text: `Message ${String(index)}`,
    textComplete: index > 0,
  }));
  return { rule: 'limit', text: '', targets, attempts: count, surplus: { limit, messages }, ...more };
}

function shown(more: Partial<SendWire>, gate: SendGate = 'open'): SendRequestView {
  const { inbox } = openInbox({ sendGate: () => gate });
  inbox.applyRequested(send('surplus1', more));
  const view = inbox.get('send:surplus1');
  if (view?.kind !== 'send') throw new Error('Not shown.');
  return view;
}

describe('messages over the limit', () => {
  it('are one request about the assistant, with the last of them', () => {
    expect(shown(surplus(2))).toMatchObject({
      who: plain('Your assistant'),
      attempts: 2,
      fullyShown: false,
      note: null,
      warnings: [],
      answers: ['hour', 'deny'],
      surplus: {
        limit,
        messages: [
          { to: plain('+15551230001'), text: plain('Message 0', true) },
          { to: plain('+15551230001'), text: plain('Message 1') },
        ],
      },
    });
  });

  it.each(['paused', 'rules-unreadable'] as const)('can only be denied while the guard is %s', (gate) => {
    expect(shown(surplus(2), gate).answers).toEqual(['deny']);
  });

  it('are never decided outside the window', () => {
    expect(describeSend(shown(surplus(21)), false)).toEqual({
      title: 'Your assistant is sending unusually much',
      facts: [
        '21 messages stopped. Your limit within a minute is 20 in all, 5 to one recipient.',
        'iMessage · account default · by main',
      ],
      complete: false,
    });
  });

  it('join the request without making it another one, so that it can be answered', () => {
    const { inbox } = openInbox();
    inbox.applyRequested(send('surplus1', surplus(1)));
    const before = inbox.get('send:surplus1');
    inbox.applyList(inbox.listStarted('send'), listOf(send('surplus1', surplus(7))));
    const after = inbox.get('send:surplus1');
    expect(after).toMatchObject({ attempts: 7, revision: before?.revision, armedAt: before?.armedAt });
  });

  it.each([
    ['hour', 'allow-hour', 'sent', 'approved'],
    ['deny', 'deny', 'denied', 'denied'],
  ] as const)(
    'are answered with %s by one call, which is the end of it',
    async (answer, decision, state, settled) => {
      const gate = new Answered();
      const more = surplus(3, { state: 'held', until: startTime + 60_000 });
      gate.listed.send = [sendEntry('surplus1', more)];
      const key = gate.waits(send('surplus1', more));
      const done = gate.answerSend(key, answer);
      gate.listed.send = [];
      await gate.answer(0, ok({ id: 'surplus1', applied: true, state, send: null }));
      expect(await done).toEqual(ok(null));
      expect(gate.sent()).toMatchObject([{ params: { id: 'surplus1', decision } }]);
      const note = surplusTexts.notes[answer];
      expect(facts(gate.inbox.get(key))).toEqual({ status: 'settled', decision: settled, by: 'us', note });
    },
  );
});
