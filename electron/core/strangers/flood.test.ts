import { beforeEach, describe, expect, it } from 'vitest';
import { mostAskers, mostAsks } from './ask-state.ts';
import { dayMs } from './back-off.ts';
import { WatchedStrangers } from './strangers.fixture.ts';

const minute = 60_000;
/** What one sender and one request take up at most, as text: names are bounded to 400 characters. */
const mostLength = mostAskers * 4 * 500 + mostAsks * 500;

/** Of strangers, each with what the app does about them. */
const thousands = { timeout: 30_000 };

let watched: WatchedStrangers;

beforeEach(() => {
  watched = new WatchedStrangers();
});

/** Three at a time, because no more wait at the gateway; each three take the places of those before. */
function flood(senders: number, pauseMs: number): { readonly mostLength: number } {
  let mostLength = 0;
  for (let first = 0; first < senders; first += 3) {
    const three = [first, first + 1, first + 2].map((n) => watched.asks(`r${String(n)}`, `u${String(n)}`));
    watched.listed(...three);
    mostLength = Math.max(mostLength, watched.fileLength);
    watched.clock.advance(pauseMs);
  }
  return { mostLength };
}

describe('what is kept', () => {
  it('forgets who has been silent for two days', () => {
    watched.listed(watched.asks('old', 'old'));
    watched.clock.advance(2 * dayMs);
    watched.listed(watched.asks('new', 'new'));
    expect(watched.stored.askers.map(({ sender }) => sender)).toEqual(['new']);
  });

  it('stays small while 10,000 strangers ask over weeks', thousands, () => {
    expect(flood(10_000, 40 * minute).mostLength).toBeLessThan(50_000);
    // Three every forty minutes, for two days.
    expect(watched.stored.askers).toHaveLength((3 * 2 * 24 * 60) / 40);
  });

  it('stays bounded while thousands ask within hours, which is one alarm all along', thousands, () => {
    expect(flood(2_400, 1_000).mostLength).toBeLessThan(500_000);
    expect(watched.stored.askers).toHaveLength(mostAskers);
    expect(watched.noted).toEqual([
      { kind: 'suspicious-activity', what: 'burst', channel: 'iMessage', count: 3 },
    ]);
    expect(watched.noticeTexts).toHaveLength(1);
  });

  it('is bounded however many are listed at once, and whatever they call themselves', thousands, () => {
    const long = 'x'.repeat(500);
    for (let round = 0; round < 11; round += 1) {
      const all = Array.from({ length: mostAskers + 5 }, (_, n) =>
        watched.asks(`r${String(round)}-${String(n)}`, `${String(n)}${long}`),
      );
      watched.listed(...all);
      watched.clock.advance(minute);
    }
    expect(watched.stored.askers.flatMap(({ asks }) => asks).length).toBeLessThanOrEqual(mostAsks);
    expect(watched.stored.askers.length).toBeLessThanOrEqual(mostAskers);
    expect(watched.fileLength).toBeLessThan(mostLength);
  });

  it('keeps no more than the newest requests of one sender, and the beginning of an endless name', () => {
    for (let n = 0; n < 130; n += 1) watched.listed(watched.asks(`r${String(n)}`, 'x'.repeat(20_000)));
    expect(
      watched.stored.askers.map(({ asks: kept, sender }) => [kept.length, kept[0]?.id, sender.length]),
    ).toEqual([[100, 'r30', 400]]);
  });
});
