/**
 * How many messages may leave within a minute before the owner is asked. Pure: whoever counts brings the times, of a
 * clock that nobody sets and that never goes back.
 */

/** Recipients within a minute: of all messages, and of those to one of them. A message to three people counts three times. */
export interface SendLimit {
  readonly inAll: number;
  readonly toOne: number;
}

/** Beyond this a limit would be none. */
export const highestSendLimit = 1000;
export const sendLimitWindowMs = 60_000;

/** Where the owner chose none. */
export const defaultSendLimit: SendLimit = { inAll: 20, toOne: 20 };

/** @param rules those without a limit have the usual one */
export function sendLimitOf({ limit }: { readonly limit?: SendLimit | undefined }): SendLimit {
  return limit ?? defaultSendLimit;
}

/** What stopped messages beyond the limit, as an entry names it. */
export const surplusRule = 'limit';

/** One recipient of a message that left. */
export interface Left {
  readonly to: string;
  /** Milliseconds of the clock that never goes back. */
  readonly at: number;
}

/** @param to whom a message would reach, each under the one name they are counted by */
export function isBeyondLimit(
  left: readonly Left[],
  to: readonly string[],
  limit: SendLimit,
  at: number,
): boolean {
  const recipients = new Set(to);
  const lately = left.filter((one) => isLately(one, at));
  if (lately.length + recipients.size > limit.inAll) return true;
  return [...recipients].some((name) => lately.filter((one) => one.to === name).length + 1 > limit.toOne);
}

/**
 * Those of the last minute and the new ones. Of more than the highest limit the oldest are dropped: with as many newer
 * ones that limit is reached for as long as they would have counted.
 */
export function withLeft(left: readonly Left[], to: readonly string[], at: number): readonly Left[] {
  const added = [...new Set(to)].map((name): Left => ({ to: name, at }));
  return [...left.filter((one) => isLately(one, at)), ...added].slice(-highestSendLimit);
}

function isLately(one: Left, at: number): boolean {
  return at - one.at < sendLimitWindowMs;
}
