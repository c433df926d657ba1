/** How long an allowance lasts: the choices, when each of them ends, and how an end reads. All times are local. */
import { dateLocale } from '../session/date-locale.ts';
import { clockTime, remaining } from '../ui/format-time.ts';

export const expiryChoices = ['always', 'hour', 'tomorrow', 'date'] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

export interface Expiry {
  readonly choice: ExpiryChoice;
  /** `YYYY-MM-DD`, for `date`: through the end of that day. */
  readonly date: string;
}

export const always: Expiry = { choice: 'always', date: '' };

/** Until 8:00 of the next day. */
const morningHour = 8;
const dateShape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @returns epoch ms, null for always, or what is wrong with the choice, in words */
export function expiryMoment(expiry: Expiry, now: number): number | null | { readonly problem: string } {
  switch (expiry.choice) {
    case 'always':
      return null;
    case 'hour':
      return now + 60 * 60_000;
    case 'tomorrow':
      return nextMorning(now);
    case 'date':
      return endOfDate(expiry.date, now);
  }
}

/** "until 14:30, in 40 min"; "until 3 Mar 2027"; "ended 14:30" once it is over. */
export function expiryWords(until: number, now: number): string {
  const when = endWords(until, now);
  if (until <= now) return `ended ${when}`;
  const left = until - now;
  return left < 24 * 60 * 60_000 ? `until ${when}, in ${remaining(left)}` : `until ${when}`;
}

/** The last day of an allowance, as `YYYY-MM-DD`: the first moment of a day is the end of the day before. */
export function lastDay(until: number): string {
  return isoDate(isMidnight(until) ? until - 1 : until);
}

/** `YYYY-MM-DD` of that moment here. */
export function isoDate(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function nextMorning(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, morningHour).getTime();
}

function endOfDate(text: string, now: number): number | { readonly problem: string } {
  const parts = dateShape.exec(text);
  if (parts === null) return { problem: 'Choose the last day.' };
  const end = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + 1).getTime();
  return end > now ? end : { problem: 'Choose today or a later day.' };
}

function endWords(until: number, now: number): string {
  if (isMidnight(until)) return dayWords(until - 1);
  return isoDate(until) === isoDate(now) ? clockTime(until) : `${dayWords(until)}, ${clockTime(until)}`;
}

function isMidnight(at: number): boolean {
  const date = new Date(at);
  return date.getHours() === 0 && date.getMinutes() === 0;
}

function dayWords(at: number): string {
  return new Intl.DateTimeFormat(dateLocale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(
    at,
  );
}
