import { beforeEach, describe, expect, it } from 'vitest';
import { sendNoteTexts } from '../../contract/guard/send-texts.ts';
import { Answered } from './answered.fixture.ts';
import { sendPollMs } from './request-feed.ts';
import { sendEntry, startTime } from './requests.fixture.ts';

let gate: Answered;

beforeEach(() => {
  gate = new Answered();
});

const held = { state: 'held', until: startTime + 60_000 } as const;

function settled(state: string) {
  return { name: 'plugin.portcullis-guard.settled', payload: { id: 'stopped1', state } };
}

function now() {
  return gate.inbox.get('send:stopped1');
}

async function listed(...entries: readonly unknown[]): Promise<void> {
  gate.listed.send = entries;
  await gate.feed.refresh('send');
  gate.listReads.length = 0;
}

describe('the list of stopped messages', () => {
  it('does not keep a connection from being ready when the guard does not answer', async () => {
    gate.failing = 'send';
    expect(await gate.feed.readAll()).toBe(true);
    gate.failing = 'chat';
    expect(await gate.feed.readAll()).toBe(false);
  });

  it('is read on a slow beat, in case an announcement was lost', async () => {
    gate.feed.startPolling();
    gate.timers.advance(sendPollMs - 1);
    expect(gate.listReads).toEqual(['channels.pairing.list']);
    gate.timers.advance(1);
    await expect.poll(() => gate.listReads).toContain('portcullis-guard.list');
  });

  it.each([
    [
      'a message is stopped',
      { name: 'plugin.portcullis-guard.blocked', payload: { id: 'x', state: 'held' } },
    ],
    ['one nobody here knows was let out', settled('allowed')],
    ['one is refused now', settled('refused')],
    ['one ended in a way that cannot be read', settled('exploded')],
  ])('is read again when %s', (_case, event) => {
    gate.feed.event(event);
    expect(gate.listReads).toEqual(['portcullis-guard.list']);
  });
});

describe('a stopped message', () => {
  it.each([
    ['sent', 'approved'],
    ['denied', 'denied'],
  ])('that was %s elsewhere leaves the queue at once', async (state, decision) => {
    await listed(sendEntry('stopped1'));
    gate.feed.event(settled(state));
    expect([now()?.outcome, gate.listReads]).toMatchObject([{ decision, by: 'elsewhere' }, []]);
  });

  it('that waited and was let out leaves the queue at once', async () => {
    await listed(sendEntry('stopped1', held));
    gate.feed.event(settled('allowed'));
    expect([now()?.outcome, gate.listReads]).toMatchObject([{ decision: 'approved', by: 'elsewhere' }, []]);
  });

  it('that was refused and then let out is under way, as the list tells', async () => {
    await listed(sendEntry('stopped1'));
    gate.listed.send = [sendEntry('stopped1', { state: 'allowed' })];
    gate.feed.event(settled('allowed'));
    await expect
      .poll(now)
      .toMatchObject({ status: 'submitting', outcome: null, note: sendNoteTexts.underWay });
  });

  it('leaves the queue with the guard', async () => {
    await listed(sendEntry('stopped1'));
    gate.feed.guardGone();
    expect(now()).toMatchObject({ status: 'settled', outcome: { decision: 'withdrawn' } });
  });
});
