/** When quiet hours hold, and when that changes next. Pure; local time comes from a port. */
import type { RequestKind } from '../../contract/request.ts';
import type { NoticeKind, QuietHours } from '../../contract/settings.ts';
import type { LocalTime } from '../ports.ts';

const minutesADay = 24 * 60;
const minuteMs = 60_000;
/** Looked at again after this long at the latest: clocks are put forward and back. */
const longestWaitMs = 15 * minuteMs;

/** Which of the owner's choices a request falls under. */
export function noticeKindOf(kind: RequestKind): NoticeKind {
  switch (kind) {
    case 'chat':
      return 'chat';
    case 'device':
    case 'node':
      return 'devices';
    case 'send':
      return 'sends';
  }
}

export function isQuiet({ enabled, from, to, days }: QuietHours, { weekday, minute }: LocalTime): boolean {
  if (!enabled) return false;
  const beginsOn = (day: number): boolean => days.some((each) => each === day);
  const beganToday = beginsOn(weekday) && minute >= from;
  if (from < to) return beganToday && minute < to;
  return beganToday || (beginsOn((weekday + 6) % 7) && minute < to);
}

/**
 * Milliseconds until `isQuiet` may say something else; null: never, because there are no quiet hours.
 * @param at epoch ms of the local time: minutes begin everywhere at once
 */
export function nextLookMs(
  { enabled, from, to }: QuietHours,
  { minute }: LocalTime,
  at: number,
): number | null {
  if (!enabled) return null;
  const until = [from, to, 0].map((edge) => (edge - minute + minutesADay) % minutesADay || minutesADay);
  return Math.min(Math.min(...until) * minuteMs - (at % minuteMs), longestWaitMs);
}
