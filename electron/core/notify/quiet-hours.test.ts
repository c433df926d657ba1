import { describe, expect, it } from 'vitest';
import { defaultSettings, type QuietHours } from '../../contract/settings.ts';
import { isQuiet, nextLookMs } from './quiet-hours.ts';

const hours = (from: number, to: number, days: QuietHours['days'] = [1]): QuietHours => ({
  ...defaultSettings.notifications.quietHours,
  enabled: true,
  from: from * 60,
  to: to * 60,
  days,
});
const [sunday, monday, tuesday] = [0, 1, 2];
const at = (weekday: number, hour: number, minute = 0) => ({ weekday, minute: hour * 60 + minute });

describe('quiet hours', () => {
  it.each([
    { what: 'within the day, before', quiet: hours(9, 17), time: at(monday, 8, 59), expected: false },
    { what: 'within the day, at the start', quiet: hours(9, 17), time: at(monday, 9), expected: true },
    { what: 'within the day, last minute', quiet: hours(9, 17), time: at(monday, 16, 59), expected: true },
    { what: 'within the day, at the end', quiet: hours(9, 17), time: at(monday, 17), expected: false },
    { what: 'on another day', quiet: hours(9, 17), time: at(tuesday, 12), expected: false },
    { what: 'over night, evening', quiet: hours(22, 7), time: at(monday, 23), expected: true },
    { what: 'over night, next morning', quiet: hours(22, 7), time: at(tuesday, 6, 59), expected: true },
    {
      what: 'over night, morning of a day after none',
      quiet: hours(22, 7),
      time: at(monday, 3),
      expected: false,
    },
    { what: 'from Saturday into Sunday', quiet: hours(22, 7, [6]), time: at(sunday, 3), expected: true },
    { what: 'around the clock, first day', quiet: hours(8, 8), time: at(monday, 8), expected: true },
    {
      what: 'around the clock, until the next day',
      quiet: hours(8, 8),
      time: at(tuesday, 7, 59),
      expected: true,
    },
    { what: 'around the clock, over', quiet: hours(8, 8), time: at(tuesday, 8), expected: false },
    { what: 'on no day', quiet: hours(8, 8, []), time: at(monday, 12), expected: false },
    { what: 'turned off', quiet: { ...hours(8, 8), enabled: false }, time: at(monday, 12), expected: false },
  ])('$what', ({ quiet, time, expected }) => {
    expect(isQuiet(quiet, time)).toBe(expected);
  });
});

describe('the next look', () => {
  const minute = 60_000;
  it.each([
    {
      what: 'never without quiet hours',
      quiet: { ...hours(22, 7), enabled: false },
      time: at(1, 12),
      next: null,
    },
    { what: 'at the start', quiet: hours(22, 7), time: at(1, 21, 55), next: 5 * minute },
    { what: 'at the end', quiet: hours(22, 7), time: at(1, 6, 59), next: minute },
    { what: 'at midnight, where days change', quiet: hours(9, 9), time: at(1, 23, 50), next: 10 * minute },
    {
      what: 'after a quarter of an hour at the latest',
      quiet: hours(22, 7),
      time: at(1, 12),
      next: 15 * minute,
    },
    {
      what: 'at the next change when one is just now, never at once',
      quiet: hours(22, 7),
      time: at(1, 22),
      next: 15 * minute,
    },
  ])('$what', ({ quiet, time, next }) => {
    expect(nextLookMs(quiet, time, 20_000 * minute)).toBe(next);
  });

  it('comes when the minute begins, not some seconds later', () => {
    const sixFiftyNineAndAHalf = 20_000 * minute + 30_000;
    expect(nextLookMs(hours(22, 7), at(1, 6, 59), sixFiftyNineAndAHalf)).toBe(30_000);
  });
});
