import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { systemCalendar } from './local-calendar.ts';
import { systemRandom } from './random.ts';
import { systemTimers } from './timers.ts';

const dayMs = 86_400_000;

describe('the system timers', () => {
  afterEach(() => vi.useRealTimers());

  it.each([{ delayMs: 0 }, { delayMs: 1500 }, { delayMs: 30 * dayMs }, { delayMs: 100 * dayMs }])(
    'run once, after $delayMs ms and not before',
    ({ delayMs }) => {
      vi.useFakeTimers();
      const run = vi.fn();
      systemTimers.after(delayMs, run);
      vi.advanceTimersByTime(Math.max(0, delayMs - 1));
      expect(run).toHaveBeenCalledTimes(delayMs === 0 ? 1 : 0);
      vi.advanceTimersByTime(200 * dayMs);
      expect(run).toHaveBeenCalledTimes(1);
    },
  );

  it('do not run once stopped, also in the later parts of a long wait', () => {
    vi.useFakeTimers();
    const run = vi.fn();
    const stop = systemTimers.after(60 * dayMs, run);
    vi.advanceTimersByTime(30 * dayMs);
    stop();
    vi.advanceTimersByTime(60 * dayMs);
    expect(run).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the system clock', () => {
  it('tells epoch milliseconds', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now >= before && now <= Date.now()).toBe(true);
  });
});

describe('the system randomness', () => {
  it('gives fractions from 0 up to but not including 1', () => {
    const fractions = Array.from({ length: 1000 }, () => systemRandom.fraction());
    expect(fractions.filter((fraction) => fraction < 0 || fraction >= 1)).toEqual([]);
  });

  it('gives a different URL-safe token of 128 bits each time', () => {
    const tokens = Array.from({ length: 1000 }, () => systemRandom.token());
    expect(new Set(tokens).size).toBe(1000);
    expect(tokens.filter((token) => !/^[A-Za-z0-9_-]{22}$/.test(token))).toEqual([]);
  });
});

it('the system calendar tells day and time of this machine as the owner wants them written', () => {
  const at = new Date(2026, 2, 3, 14, 30).getTime();
  expect(systemCalendar.localTime(at)).toEqual({ weekday: 2, minute: 14 * 60 + 30 });
  expect(systemCalendar.dayAndTime(at, 'de-DE')).toMatch(/^Di.*3\. März.*14:30$/);
  expect(systemCalendar.dayAndTime(at, 'en-US')).toMatch(/^Tue.*Mar 3.*2:30\sPM$/);
});
