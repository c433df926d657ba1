import { describe, expect, it } from 'vitest';
import { expiryMoment, expiryWords, isoDate, lastDay } from './expiry.ts';

const minute = 60_000;
const noon = new Date(2026, 10, 21, 12, 0).getTime();
const at = (day: number, hour: number, minutes = 0): number =>
  new Date(2026, 10, day, hour, minutes).getTime();

describe('when an allowance ends', () => {
  it.each([
    [{ choice: 'always', date: '' }, null],
    [{ choice: 'hour', date: '' }, noon + 60 * minute],
    [{ choice: 'tomorrow', date: '' }, at(22, 8)],
    [{ choice: 'date', date: '2026-11-21' }, at(22, 0)],
    [{ choice: 'date', date: '2026-11-30' }, new Date(2026, 11, 1).getTime()],
    [{ choice: 'date', date: '' }, { problem: 'Choose the last day.' }],
    [{ choice: 'date', date: '2026-11-20' }, { problem: 'Choose today or a later day.' }],
  ] as const)('%o', (expiry, moment) => {
    expect(expiryMoment(expiry, noon)).toEqual(moment);
  });

  it('names the last day of what ends at midnight', () => {
    expect([lastDay(at(22, 0)), lastDay(at(22, 8)), isoDate(at(22, 0))]).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-22',
    ]);
  });
});

describe('an end in words', () => {
  it.each([
    [noon + 40 * minute, /^until 12:40.*, in 40 min$/],
    [at(22, 8), /^until .*22.*, 8:00.*, in 20 h 0 min$/],
    [at(22, 0), /^until (?!.*22)(?!.*:).*21.*2026, in 12 h 0 min$/],
    [at(29, 0), /^until (?!.*:).*28.*2026$/],
    [noon - minute, /^ended 11:59/],
    [at(20, 9), /^ended .*20.*9:00/],
  ])('%d', (until, words) => {
    expect(expiryWords(until, noon)).toMatch(words);
  });
});
