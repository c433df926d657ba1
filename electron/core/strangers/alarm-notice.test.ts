import { beforeEach, describe, expect, it } from 'vitest';
import { alarmNoticeText } from '../../contract/stranger-texts.ts';
import { WatchedStrangers } from './strangers.fixture.ts';

const minute = 60_000;

let watched: WatchedStrangers;

beforeEach(() => {
  watched = new WatchedStrangers();
});

const dismiss = () => {
  watched.notices.dismiss('suspicious-activity');
};

describe('the notice about suspicious activity', () => {
  it('is one for a burst and the list it fills, with one entry in the journal', () => {
    const three = ['a', 'b', 'c'].map((who) => watched.asks(who, who));
    watched.listed(...three);
    expect(watched.noticeTexts).toEqual([alarmNoticeText(3, ['iMessage'])]);
    expect(watched.noted).toEqual([
      { kind: 'suspicious-activity', what: 'burst', channel: 'iMessage', count: 3 },
    ]);
    watched.listed(...three.slice(1));
    expect(watched.noticeTexts).toEqual([alarmNoticeText(3, [])]);
    watched.listed();
    watched.clock.advance(11 * minute);
    watched.listed();
    expect([watched.noticeTexts, watched.changes]).toEqual([[], 3]);
  });

  it('does not change while nothing does', () => {
    const three = ['a', 'b', 'c'].map((who) => watched.asks(who, who));
    watched.listed(...three);
    watched.listed(...three);
    expect(watched.changes).toBe(1);
  });

  it('that was put away comes back for more, not for less', () => {
    const spread = ['a', 'b', 'c'].map((who) => watched.asks(who, who, { accountId: `of ${who}` }));
    watched.listed(...spread);
    dismiss();
    const more = ['d', 'e', 'f'].map((who) => watched.asks(who, who));
    watched.listed(...spread, ...more.slice(0, 2));
    expect(watched.noticeTexts).toEqual([]);
    watched.listed(...spread, ...more);
    expect(watched.noticeTexts).toEqual([alarmNoticeText(6, ['iMessage'])]);
    dismiss();
    watched.listed(...spread);
    expect(watched.noticeTexts).toEqual([]);
  });

  it('tells of a list that fills later in an entry of its own, unless the burst filled it', () => {
    const slow = ['a', 'b'].map((who) => {
      watched.clock.advance(15 * minute);
      return watched.asks(who, who, { accountId: 'slow' });
    });
    watched.listed(...slow);
    watched.clock.advance(15 * minute);
    const burst = ['d', 'e', 'f'].map((who) => watched.asks(who, who, { accountId: `of ${who}` }));
    watched.listed(...slow, ...burst);
    watched.listed(...slow, ...burst, watched.asks('c', 'c', { accountId: 'slow' }));
    expect(watched.noted).toMatchObject([
      { what: 'burst', count: 3 },
      { what: 'queue-full', count: 3 },
    ]);
    expect(watched.noticeTexts).toEqual([alarmNoticeText(4, ['iMessage'])]);
  });

  it('is there again after a restart while it goes on', () => {
    const three = ['a', 'b', 'c'].map((who) => watched.asks(who, who));
    watched.listed(...three);
    watched.restart();
    watched.listed(...three);
    expect(watched.noticeTexts).toEqual([alarmNoticeText(3, ['iMessage'])]);
    expect(watched.noted).toHaveLength(1);
  });
});
