import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestSendLimit, isBeyondLimit, sendLimitWindowMs, withLeft } from './send-limit.ts';
import type { Left, SendLimit } from './send-limit.ts';

const people = ['ann', 'bob', 'cem'] as const;
const sends = fc.array(
  fc.record({
    to: fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 4 }),
    /** Milliseconds since the one before. */
    later: fc.oneof(
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 0, max: 2 * sendLimitWindowMs }),
      fc.constantFrom(sendLimitWindowMs - 1, sendLimitWindowMs),
    ),
    /** The owner said so: leaves whatever the limit says, and counts. */
    ordered: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
  { maxLength: 120 },
);
const limits: fc.Arbitrary<SendLimit> = fc.record({
  inAll: fc.integer({ min: 1, max: 30 }),
  toOne: fc.integer({ min: 1, max: 30 }),
});

/** How many of these lie in the minute that ends now. */
function lately(times: readonly Left[], at: number): number {
  return times.filter((one) => one.at > at - sendLimitWindowMs).length;
}

describe('the limit of a minute', () => {
  it('lets no more through in any minute, and stops nothing that is under it', () => {
    fc.assert(
      fc.property(sends, limits, (all, limit) => {
        let left: readonly Left[] = [];
        const truth: Left[] = [];
        let at = 0;
        for (const { to, later, ordered } of all) {
          at += later;
          const recipients = [...new Set(to)];
          const would = [...truth, ...recipients.map((name) => ({ to: name, at }))];
          const tooMany =
            lately(would, at) > limit.inAll ||
            recipients.some(
              (name) =>
                lately(
                  would.filter((one) => one.to === name),
                  at,
                ) > limit.toOne,
            );
          expect(isBeyondLimit(left, to, limit, at)).toBe(tooMany);
          if (tooMany && !ordered) continue;
          truth.push(...would.slice(truth.length));
          left = withLeft(left, to, at);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is kept exactly although no more is remembered than the highest limit', () => {
    const limit = { inAll: highestSendLimit, toOne: 5 };
    let left: readonly Left[] = withLeft([], ['ann'], 0);
    for (let count = 0; count < 2 * highestSendLimit; count += 1)
      left = withLeft(left, [`other ${String(count)}`], 1);
    expect(left).toHaveLength(highestSendLimit);
    expect(isBeyondLimit(left, ['ann'], limit, sendLimitWindowMs)).toBe(true);
    expect(isBeyondLimit(left, ['ann'], limit, sendLimitWindowMs + 1)).toBe(false);
  });
});
