import { expect, it } from 'vitest';
import { minuteOfDay, timeOfDay } from './time-of-day.ts';

it('reads back every minute of the day', () => {
  const minutes = Array.from({ length: 1440 }, (_, minute) => minute);
  expect(minutes.map((minute) => minuteOfDay(timeOfDay(minute)))).toEqual(minutes);
});

it.each(['', '24:00', '7:00', '07:60', '07-00', '07:00pm'])('does not take %s for a time', (text) => {
  expect(minuteOfDay(text)).toBeNull();
});
