/** How often the owner hears of the same person: once a day, however often they ask. */
import type { Asker } from './ask-state.ts';

export const dayMs = 24 * 60 * 60_000;

/**
 * True: this request makes no notification, because the owner was notified of another one of the same sender within
 * a day. The one they were notified of may be shown again, e.g. after the desktop lost it.
 */
export function isBackedOff(
  { announced }: Pick<Asker, 'announced'>,
  requestId: string,
  now: number,
): boolean {
  // A time in the future is a clock that was put back: better once too often than never.
  return (
    announced !== null && announced.id !== requestId && now >= announced.at && now - announced.at < dayMs
  );
}

/** Requests in the 24 hours up to this one, itself included; at least 1. */
export function asksUpTo({ asks }: Pick<Asker, 'asks'>, at: number): number {
  return Math.max(1, asks.filter((ask) => ask.at <= at && at - ask.at < dayMs).length);
}
