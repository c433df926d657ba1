import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalFact } from '../../contract/journal.ts';
import { viewOf } from '../notify/notify.fixture.ts';
import { Notices } from '../notices.ts';
import { chat, device, iso, listOf, ManualClock } from '../requests/requests.fixture.ts';
import type { IncomingRequest } from '../requests/incoming.ts';
import { askStateSchema, mostAskers, noAsks, type AskState } from './ask-state.ts';
import { dayMs } from './back-off.ts';
import { Strangers } from './strangers.ts';

const minute = 60_000;

let clock: ManualClock;
let notices: Notices;
let noted: JournalFact[];
let stored: AskState;
let gateway: string;
let changes: number;
let strangers: Strangers;

function start(): void {
  notices = new Notices(null);
  strangers = new Strangers({
    file: {
      read: () => stored,
      write: (state) => {
        stored = askStateSchema.parse(JSON.parse(JSON.stringify(state)));
      },
    },
    clock,
    notices,
    note: (fact) => void noted.push(fact),
    gateway: () => gateway,
    onChange: () => {
      changes += 1;
    },
  });
}

beforeEach(() => {
  clock = new ManualClock();
  stored = noAsks;
  noted = [];
  gateway = 'home';
  changes = 0;
  start();
});

/** Asks at the present moment. */
function asks(id: string, senderId: string, more: Readonly<Record<string, unknown>> = {}): IncomingRequest {
  return chat(id, { senderId, createdAt: iso(clock.time), lastSeenAt: iso(clock.time), ...more });
}

function listed(...requests: readonly IncomingRequest[]) {
  return strangers
    .screen(listOf(...requests), 'chat')
    .requests.map((request) => (request.kind === 'chat' ? [request.id, request.asks] : [request.id]));
}

const isQuiet = (id: string) => strangers.isBackedOff({ key: `chat:${id}`, kind: 'chat' });
const noticeIds = () => notices.list.map(({ id }) => id);

describe('one sender who asks again and again', () => {
  it('is announced once a day, and counted', () => {
    const first = asks('r1', 'bob');
    expect([listed(first), isQuiet('r1')]).toEqual([[['r1', 1]], false]);
    strangers.announced(['chat:r1']);
    expect(isQuiet('r1')).toBe(false);
    clock.advance(minute);
    expect([listed(asks('r2', 'bob')), isQuiet('r2')]).toEqual([[['r2', 2]], true]);
    clock.advance(dayMs - 2 * minute);
    expect([listed(asks('r3', 'bob')), isQuiet('r3')]).toEqual([[['r3', 3]], true]);
    clock.advance(minute);
    expect([listed(asks('r4', 'bob')), isQuiet('r4')]).toEqual([[['r4', 3]], false]);
  });

  it('is counted once for a request that is listed again, also after a restart', () => {
    const [r1, r2] = [asks('r1', 'bob'), asks('r2', 'bob')];
    listed(r1);
    listed(r1, r2);
    strangers.announced(['chat:r1']);
    start();
    expect([listed(r1, r2), isQuiet('r1'), isQuiet('r2')]).toEqual([
      [
        ['r1', 2],
        ['r2', 2],
      ],
      false,
      true,
    ]);
  });

  it('is somebody else on another channel, account or gateway', () => {
    listed(asks('r1', 'bob'));
    strangers.announced(['chat:r1']);
    listed(asks('r2', 'bob', { channel: 'signal' }), asks('r3', 'bob', { accountId: 'work' }));
    gateway = 'office';
    listed(asks('r4', 'bob'));
    expect(['r2', 'r3', 'r4'].map(isQuiet)).toEqual([false, false, false]);
  });

  it('makes an entry in the journal at the third time of a day', () => {
    for (const id of ['r1', 'r2', 'r3', 'r4']) listed(asks(id, 'bob'));
    expect(noted).toEqual([{ kind: 'suspicious-activity', what: 'repeated', channel: 'iMessage', count: 3 }]);
  });

  it('is never a reason to keep a device quiet', () => {
    const list = listOf(device('d1'));
    expect(strangers.screen(list, 'device')).toBe(list);
    expect(strangers.isBackedOff({ key: 'device:d1', kind: 'device' })).toBe(false);
  });
});

describe('several strangers at once', () => {
  const one = () => asks('r1', 'bob');
  const two = () => asks('r2', 'eve', { accountId: 'work' });
  const three = () => asks('r3', 'joe', { accountId: 'third' });
  const burst = { kind: 'suspicious-activity', what: 'burst', channel: 'iMessage', count: 3 };

  it('raise one alarm that stands for all of them, one notice and one entry in the journal', () => {
    const [a, b, c] = [one(), two(), three()];
    listed(a, b);
    expect([strangers.alarm, noted, noticeIds()]).toEqual([null, [], []]);
    listed(a, b, c);
    const episode = strangers.alarm?.episode;
    expect(strangers.alarm).toMatchObject({
      kind: 'burst',
      members: new Set(['chat:r1', 'chat:r2', 'chat:r3']),
    });
    expect([noted, noticeIds()]).toEqual([[burst], ['suspicious-activity']]);
    clock.advance(9 * minute);
    listed(a, b, c, asks('r4', 'kim', { accountId: 'fourth' }));
    expect([strangers.alarm?.episode, strangers.alarm?.members.size, noted.length]).toEqual([episode, 4, 1]);
    expect(notices.list[0]?.text).toContain('4 strangers');
  });

  const gone = (id: string, decision: 'approved' | 'denied' | 'withdrawn', by: 'us' | 'elsewhere') =>
    strangers.follow([
      {
        ...viewOf(chat(id)),
        status: 'settled',
        outcome: { decision, by, at: clock.time, note: null },
      },
    ]);

  it.each([
    ['the owner let in', 'approved', 'us', null],
    ['somebody answered elsewhere', 'withdrawn', 'elsewhere', null],
    ['the owner turned away', 'denied', 'us', 'burst'],
  ] as const)('count, or do not count, those %s: %s by %s', (_who, decision, by, kind) => {
    listed(one(), two());
    gone('r1', decision, by);
    gone('r2', decision, by);
    listed(three());
    expect(strangers.alarm?.kind ?? null).toBe(kind);
  });

  it('are found when they asked while nobody was connected', () => {
    const [a, b, c] = [one(), two(), three()];
    clock.advance(50 * minute);
    listed(a, b, c);
    expect(strangers.alarm?.kind).toBe('burst');
  });

  it('are the same alarm after a restart, without a second entry', () => {
    const all = [one(), two(), three()];
    listed(...all);
    const { alarm } = strangers;
    start();
    listed(...all);
    expect([strangers.alarm, noted]).toEqual([alarm, [burst]]);
  });

  it('raise another alarm once it was quiet in between', () => {
    listed(one(), two(), three());
    const first = strangers.alarm?.episode;
    listed();
    expect([strangers.alarm, noticeIds()]).toEqual([null, ['suspicious-activity']]);
    clock.advance(11 * minute);
    listed();
    expect(noticeIds()).toEqual([]);
    listed(asks('s1', 'u1'), asks('s2', 'u2', { accountId: 'b' }), asks('s3', 'u3', { accountId: 'c' }));
    expect(noted).toHaveLength(2);
    expect(strangers.alarm?.episode).not.toBe(first);
  });

  it('do not bring back the notice the owner has put away', () => {
    const all = [one(), two(), three()];
    listed(...all);
    notices.dismiss('suspicious-activity');
    listed(...all, asks('r4', 'kim', { accountId: 'fourth' }));
    expect(noticeIds()).toEqual([]);
  });
});

describe('a full waiting list', () => {
  const slowly = (id: string, who: string) => {
    clock.advance(15 * minute);
    return asks(id, who);
  };
  const full = { kind: 'suspicious-activity', what: 'queue-full', channel: 'iMessage', count: 3 };

  it('is told once, stands for nobody, and is over when there is room', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    listed(...all.slice(0, 2));
    expect(strangers.alarm).toBeNull();
    listed(...all);
    listed(...all);
    expect(strangers.alarm).toMatchObject({ kind: 'queue-full', members: new Set() });
    expect([noted, noticeIds(), changes]).toEqual([[full], ['suspicious-activity'], 1]);
    listed(...all.slice(1));
    expect([strangers.alarm, noticeIds(), changes]).toEqual([null, [], 2]);
  });

  it('is no news after a restart, and still shown', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    listed(...all);
    start();
    listed(...all);
    expect([noted, noticeIds()]).toEqual([[full], ['suspicious-activity']]);
  });

  it('goes by the limit the gateway tells', () => {
    const all = [slowly('r1', 'a'), slowly('r2', 'b'), slowly('r3', 'c')];
    strangers.screen({ ...listOf(...all), pendingPerAccount: 5 }, 'chat');
    expect(strangers.alarm).toBeNull();
  });
});

describe('what is kept', () => {
  it('is bounded, and forgets who has been silent for two days', () => {
    listed(asks('old', 'old'));
    clock.advance(2 * dayMs);
    const many = Array.from({ length: mostAskers + 5 }, (_, n) => asks(`r${String(n)}`, `u${String(n)}`));
    listed(...many);
    expect(stored.askers).toHaveLength(mostAskers);
    expect(stored.askers.map(({ sender }) => sender)).not.toContain('old');
  });

  it('keeps no more than the newest requests of one sender, and the beginning of an endless name', () => {
    for (let n = 0; n < 130; n += 1) listed(asks(`r${String(n)}`, 'x'.repeat(20_000)));
    expect(stored.askers.map(({ asks: kept, sender }) => [kept.length, kept[0]?.id, sender.length])).toEqual([
      [100, 'r30', 400],
    ]);
  });
});
