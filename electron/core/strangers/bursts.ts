/** Finds the moments at which several different people ask at once. */

/** Different strangers within this time, and it is suspicious. */
export const burstSize = 3;
export const burstMs = 10 * 60_000;

export interface AskAt {
  /** Equal for requests of the same sender. */
  readonly who: string;
  /** Epoch ms. */
  readonly at: number;
}

/** @returns those that belong to a burst, in order of time */
export function inBursts<T extends AskAt>(asks: readonly T[]): readonly T[] {
  const sorted = asks.toSorted((a, b) => a.at - b.at);
  const found: T[] = [];
  const inWindow = new Map<string, number>();
  let first = 0;
  let firstNotFound = 0;
  for (const [index, { who, at }] of sorted.entries()) {
    inWindow.set(who, (inWindow.get(who) ?? 0) + 1);
    for (; at - (sorted[first]?.at ?? at) > burstMs; first += 1) leave(inWindow, sorted[first]?.who);
    if (inWindow.size < burstSize) continue;
    found.push(...sorted.slice(Math.max(first, firstNotFound), index + 1));
    firstNotFound = index + 1;
  }
  return found;
}

function leave(inWindow: Map<string, number>, who: string | undefined): void {
  if (who === undefined) return;
  const left = (inWindow.get(who) ?? 0) - 1;
  if (left > 0) inWindow.set(who, left);
  else inWindow.delete(who);
}
