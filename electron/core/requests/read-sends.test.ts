import { describe, expect, it } from 'vitest';
import type { SendWarning } from '../../contract/guard/send-answer.ts';
import { readList } from './read.ts';
import { ManualClock, openInbox, sameClock, sendEntry, startTime } from './requests.fixture.ts';
import type { SendWire } from './send-wire.ts';

function listed(sends: readonly unknown[], omitted: readonly string[] = []) {
  const list = readList('send', { sends, omitted, overflow: 0, unreadable: 0 }, sameClock(new ManualClock()));
  if (!list.ok) throw new Error(list.error);
  return list.value;
}

function ids(list: ReturnType<typeof listed>) {
  return {
    requests: list.requests.map(({ id }) => id),
    listed: [...list.listedIds],
    rejected: list.rejected,
  };
}

describe('a list of stopped messages', () => {
  it('keeps the good entries beside bad ones, which still count as listed', () => {
    expect(ids(listed([{ id: 'damaged-1', state: 'melted' }, 7, sendEntry('stopped1')]))).toEqual({
      requests: ['stopped1'],
      listed: ['damaged-1', 'stopped1'],
      rejected: 2,
    });
  });

  it('counts what was left out for its size as listed', () => {
    expect(ids(listed([sendEntry('stopped1')], ['too-large']))).toEqual({
      requests: ['stopped1'],
      listed: ['stopped1', 'too-large'],
      rejected: 0,
    });
  });

  it.each(['denied', 'blocked'])(
    'does not ask about a recipient to whom the owner said never (%s)',
    (rule) => {
      expect(ids(listed([sendEntry('stopped1', { rule })]))).toEqual({
        requests: [],
        listed: [],
        rejected: 0,
      });
    },
  );

  it('is read as well when a newer guard tells more, or an older one less', () => {
    const newer = { ...sendEntry('stopped1'), mood: 'calm', cause: { ...sendEntry('x').cause, host: 'mac' } };
    const { contacted, ...older } = sendEntry('stopped2');
    expect(contacted).toBe(true);
    expect(ids(listed([newer, older])).requests).toEqual(['stopped1', 'stopped2']);
  });

  it.each([[null], ['none'], [{ requests: [] }]])('that cannot be read (%j) is no news', (payload) => {
    expect(readList('send', payload, sameClock(new ManualClock())).ok).toBe(false);
  });
});

describe('a burst', () => {
  function warnedAt(...seconds: readonly number[]) {
    const { inbox } = openInbox();
    const entries = seconds.map((second, index) =>
      sendEntry(`stopped${String(index)}`, { createdAt: startTime + second * 1_000 }),
    );
    inbox.applyList(inbox.listStarted('send'), listed(entries));
    const burst: SendWarning = 'burst';
    return seconds.filter((_, index) => {
      const view = inbox.get(`send:stopped${String(index)}`);
      return view?.kind === 'send' && view.warnings.includes(burst);
    });
  }

  it.each([
    ['four are none', [0, 1, 2, 3], []],
    ['five within a minute are one', [0, 15, 30, 45, 60], [0, 15, 30, 45, 60]],
    ['five in a minute and a bit are none', [0, 15, 30, 45, 61], []],
    [
      'those long before and after are not in it',
      [0, 100, 101, 102, 103, 104, 200],
      [100, 101, 102, 103, 104],
    ],
    ['two that overlap are both marked', [0, 20, 40, 50, 60, 80], [0, 20, 40, 50, 60, 80]],
    ['the order of the list does not matter', [60, 0, 45, 15, 30, 300], [60, 0, 45, 15, 30]],
  ])('%s', (_case, seconds, expected) => {
    expect(warnedAt(...seconds)).toEqual(expected);
  });
});

describe('the same message listed again', () => {
  function revisions(...states: readonly Partial<SendWire>[]) {
    const { inbox, clock } = openInbox();
    return states.map((state) => {
      inbox.applyList(inbox.listStarted('send'), listed([sendEntry('stopped1', state)]));
      clock.advance(1_000);
      const view = inbox.get('send:stopped1');
      return view?.kind === 'send' ? [view.revision, view.heldUntil, view.attempts, view.armedAt] : null;
    });
  }

  it('is shown with its new state, and stays answerable as it was', () => {
    const until = startTime + 60_000;
    expect(
      revisions(
        { state: 'held', until },
        { attempts: 2, lastAt: startTime + 5_000 },
        { lastAt: startTime - 9 },
      ),
    ).toEqual([
      [1, until, 1, startTime + 1_000],
      [1, null, 2, startTime + 1_000],
      [1, null, 1, startTime + 1_000],
    ]);
  });

  it('has to be looked at again when what is decided on changed', () => {
    expect(
      revisions({}, { targets: [{ to: '+15551239999', key: '+15551239999', people: ['+15550001111'] }] }),
    ).toEqual([
      [1, null, 1, startTime + 1_000],
      [2, null, 1, startTime + 2_000],
    ]);
  });
});
