/** Every case of the scripted imsg once more, with the transport guard in front of it. */
import { describe, expect, it } from 'vitest';
import { createGuardedMac } from './guarded-mac.fixture.ts';
import { expectedOf, imsgCases, modesOf } from './imsg-world.fixture.ts';
import type { ImsgCase } from './imsg-world.fixture.ts';
import { isKnownGap, knownGaps } from './known-gaps.fixture.ts';

/** Databases are chosen where the guard starts imsg; those cases run against the built guard. */
const cases = imsgCases.filter(({ args }) => args?.some((word) => word.startsWith('--db')) !== true);

/** Kinds whose text is the caller's own, so that the owner has to see it before saying yes. */
const written: ReadonlySet<string> = new Set([
  'text',
  'reply',
  'effect',
  'richlink',
  'edit',
  'rename',
  'poll',
]);

async function run(
  each: ImsgCase,
): Promise<{ readonly leaks: readonly string[]; readonly hidden: readonly string[] }> {
  const leaks: string[] = [];
  const hidden: string[] = [];
  for (const mode of modesOf(each)) {
    const guarded = createGuardedMac(mode);
    try {
      await guarded.ask(each);
      leaks.push(...guarded.leaked().map(({ kind, to }) => `${mode}: ${kind} to ${to.join(', ')}`));
      const shown = guarded.shown();
      if (shown === null) continue; // nothing for the owner to say yes to
      const texts = expectedOf(each, mode)
        .filter(({ kind }) => written.has(kind))
        .flatMap(({ text, also = [] }) => [...(text === undefined ? [] : [text]), ...also]);
      hidden.push(...texts.filter((text) => text !== '{long}' && !shown.includes(text)));
    } finally {
      guarded.remove();
    }
  }
  return { leaks, hidden };
}

const wanted = (gap: boolean): unknown => (gap ? expect.arrayContaining([expect.any(String)]) : []);

describe('the guard in front of imsg', () => {
  it.each(cases)('$id $what', async (each) => {
    const { leaks, hidden } = await run(each);
    expect({ leaks, hidden }).toEqual({
      leaks: wanted(isKnownGap('reaches', each.id)),
      hidden: wanted(isKnownGap('hidden', each.id)),
    });
  });

  it('has no gap listed for a case that is not there', () => {
    const ids = new Set(imsgCases.map(({ id }) => id));
    expect(knownGaps.filter(({ id }) => /^[CR]\d/.test(id) && !ids.has(id))).toEqual([]);
  });
});
