import { beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../notify/notify.fixture.ts';
import { chat, device, listOf } from '../requests/requests.fixture.ts';
import { dayMs } from './back-off.ts';
import { WatchedStrangers } from './strangers.fixture.ts';

const minute = 60_000;

let watched: WatchedStrangers;

beforeEach(() => {
  watched = new WatchedStrangers();
});

describe('one sender who asks again and again', () => {
  it('is announced once a day, and counted', () => {
    const first = watched.asks('r1', 'bob');
    expect([watched.listed(first), watched.isQuiet('r1')]).toEqual([[['r1', 1]], false]);
    watched.strangers.announced(['chat:r1']);
    expect(watched.isQuiet('r1')).toBe(false);
    watched.clock.advance(minute);
    expect([watched.listed(watched.asks('r2', 'bob')), watched.isQuiet('r2')]).toEqual([[['r2', 2]], true]);
    watched.clock.advance(dayMs - 2 * minute);
    expect([watched.listed(watched.asks('r3', 'bob')), watched.isQuiet('r3')]).toEqual([[['r3', 3]], true]);
    watched.clock.advance(minute);
    expect([watched.listed(watched.asks('r4', 'bob')), watched.isQuiet('r4')]).toEqual([[['r4', 3]], false]);
  });

  it('is counted once for a request that is listed again, also after a restart', () => {
    const [r1, r2] = [watched.asks('r1', 'bob'), watched.asks('r2', 'bob')];
    watched.listed(r1);
    watched.listed(r1, r2);
    watched.strangers.announced(['chat:r1']);
    watched.restart();
    expect([watched.listed(r1, r2), watched.isQuiet('r1'), watched.isQuiet('r2')]).toEqual([
      [
        ['r1', 2],
        ['r2', 2],
      ],
      false,
      true,
    ]);
  });

  it('is somebody else on another channel, account or gateway', () => {
    watched.listed(watched.asks('r1', 'bob'));
    watched.strangers.announced(['chat:r1']);
    watched.listed(
      watched.asks('r2', 'bob', { channel: 'signal' }),
      watched.asks('r3', 'bob', { accountId: 'work' }),
    );
    watched.gateway = 'office';
    watched.listed(watched.asks('r4', 'bob'));
    expect(['r2', 'r3', 'r4'].map((id) => watched.isQuiet(id))).toEqual([false, false, false]);
  });

  it('makes an entry in the journal at the third time of a day', () => {
    for (const id of ['r1', 'r2', 'r3', 'r4']) watched.listed(watched.asks(id, 'bob'));
    expect(watched.noted).toEqual([
      { kind: 'suspicious-activity', what: 'repeated', channel: 'iMessage', count: 3 },
    ]);
  });

  it('is never a reason to keep a device quiet', () => {
    const list = listOf(device('d1'));
    expect(watched.strangers.screen(list, 'device')).toBe(list);
    expect(watched.strangers.isBackedOff({ key: 'device:d1', kind: 'device' })).toBe(false);
  });
});

describe('several strangers at once', () => {
  const one = () => watched.asks('r1', 'bob');
  const two = () => watched.asks('r2', 'eve', { accountId: 'work' });
  const three = () => watched.asks('r3', 'joe', { accountId: 'third' });
  const burst = { kind: 'suspicious-activity', what: 'burst', channel: 'iMessage', count: 3 };

  it('raise one alarm that stands for all of them, one notice and one entry in the journal', () => {
    const [a, b, c] = [one(), two(), three()];
    watched.listed(a, b);
    expect([watched.strangers.alarm, watched.noted, watched.noticeTexts]).toEqual([null, [], []]);
    watched.listed(a, b, c);
    const episode = watched.strangers.alarm?.episode;
    expect(watched.strangers.alarm).toMatchObject({
      kind: 'burst',
      members: new Set(['chat:r1', 'chat:r2', 'chat:r3']),
    });
    expect([watched.noted, watched.noticeTexts.length]).toEqual([[burst], 1]);
    watched.clock.advance(9 * minute);
    watched.listed(a, b, c, watched.asks('r4', 'kim', { accountId: 'fourth' }));
    expect([
      watched.strangers.alarm?.episode,
      watched.strangers.alarm?.members.size,
      watched.noted.length,
    ]).toEqual([episode, 4, 1]);
    expect(watched.notices.list[0]?.text).toContain('4 strangers');
  });

  const gone = (id: string, decision: 'approved' | 'denied' | 'withdrawn', by: 'us' | 'elsewhere') =>
    watched.strangers.follow([
      {
        ...viewOf(chat(id)),
        status: 'settled',
        outcome: { decision, by, at: watched.clock.time, note: null },
      },
    ]);

  it.each([
    ['the owner let in', 'approved', 'us', null],
    ['somebody answered elsewhere', 'withdrawn', 'elsewhere', null],
    ['the owner turned away', 'denied', 'us', 'burst'],
  ] as const)('count, or do not count, those %s: %s by %s', (_who, decision, by, kind) => {
    watched.listed(one(), two());
    gone('r1', decision, by);
    gone('r2', decision, by);
    watched.listed(three());
    expect(watched.strangers.alarm?.kind ?? null).toBe(kind);
  });

  it('are found when they asked while nobody was connected', () => {
    const [a, b, c] = [one(), two(), three()];
    watched.clock.advance(50 * minute);
    watched.listed(a, b, c);
    expect(watched.strangers.alarm?.kind).toBe('burst');
  });

  it('are the same alarm after a restart, without a second entry', () => {
    const all = [one(), two(), three()];
    watched.listed(...all);
    const { alarm } = watched.strangers;
    watched.restart();
    watched.listed(...all);
    expect([watched.strangers.alarm, watched.noted]).toEqual([alarm, [burst]]);
  });

  it('raise another alarm once it was quiet in between', () => {
    watched.listed(one(), two(), three());
    const first = watched.strangers.alarm?.episode;
    watched.listed();
    expect([watched.strangers.alarm, watched.noticeTexts.length]).toEqual([null, 1]);
    watched.clock.advance(11 * minute);
    watched.listed();
    expect(watched.noticeTexts).toEqual([]);
    watched.listed(
      watched.asks('s1', 'u1'),
      watched.asks('s2', 'u2', { accountId: 'b' }),
      watched.asks('s3', 'u3', { accountId: 'c' }),
    );
    expect(watched.noted).toHaveLength(2);
    expect(watched.strangers.alarm?.episode).not.toBe(first);
  });

  it('do not bring back the notice the owner has put away', () => {
    const all = [one(), two(), three()];
    watched.listed(...all);
    watched.notices.dismiss('suspicious-activity');
    watched.listed(...all, watched.asks('r4', 'kim', { accountId: 'fourth' }));
    expect(watched.noticeTexts).toEqual([]);
  });
});

describe('a full waiting list', () => {
  const slowly = (id: string, who: string) => {
    watched.clock.advance(15 * minute);
    return watched.asks(id, who);
  };
  const full = { kind: 'suspicious-activity', what: 'queue-full', channel: 'iMessage', count: 3 };

  it('is told once, stands for nobody, and is over when there is room', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    watched.listed(...all.slice(0, 2));
    expect(watched.strangers.alarm).toBeNull();
    watched.listed(...all);
    watched.listed(...all);
    expect(watched.strangers.alarm).toMatchObject({ kind: 'queue-full', members: new Set() });
    expect([watched.noted, watched.noticeTexts.length, watched.changes]).toEqual([[full], 1, 1]);
    watched.listed(...all.slice(1));
    expect([watched.strangers.alarm, watched.noticeTexts, watched.changes]).toEqual([null, [], 2]);
  });

  it('is no news after a restart, and still shown', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    watched.listed(...all);
    watched.restart();
    watched.listed(...all);
    expect([watched.noted, watched.noticeTexts.length]).toEqual([[full], 1]);
  });

  it('goes by the limit the gateway tells', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    watched.strangers.screen({ ...listOf(...all), pendingPerAccount: 5 }, 'chat');
    expect(watched.strangers.alarm).toBeNull();
  });
});
