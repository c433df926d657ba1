/** Every case of the scripted imsg once more, with the transport guard in front of it. */
import { describe, expect, it } from 'vitest';
import { createGuardedMac } from './guarded-mac.fixture.ts';
import { createScriptedMac, expectedOf, imsgCases, modesOf, world } from './imsg-world.fixture.ts';
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

/** What imsg's versions, or the programs on the way, read differently is refused even where somebody listed is meant. */
const refusedOnPurpose: ReadonlySet<string> = new Set([
  ...['C138', 'C151', 'C160', 'C173', 'C177', 'R006', 'R007', 'R008', 'R012', 'R013', 'R015', 'R016', 'R017'],
  ...['R018', 'R025', 'R038', 'R050', 'R054', 'R070'],
]);
/** Written out anew they mean the same to every version, which they did not before. */
const clearer: ReadonlySet<string> = new Set(['C144', 'R027', 'R047']);

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

const plainText = [{ kind: 'text', to: ['+15551230001'], text: 'x' }];

/** The same case for somebody who is listed, where it is about one stranger. */
function forListed(each: ImsgCase): ImsgCase | null {
  const { method, params, args, reaches } = each;
  if (each.id === 'C197') return null; // nobody listed has such a row
  if (reaches.length === 0 || reaches.some(({ to }) => to.join() !== world.stranger)) return null;
  const swapped = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return value.replaceAll(/123(-?)0099/g, (_, dash: string) => `123${dash}0001`).replaceAll('-S-', '-L-');
    if (typeof value === 'number') return key === 'chat_id' ? value - 1 : value;
    if (Array.isArray(value)) return value.map((item) => swapped(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swapped(item, name)]));
  };
  if (args !== undefined) {
    const words = args.map((word, at) =>
      /^--chat(?:-id)?$/.test(args[at - 1] ?? '') ? word.replace(/^(\+?)2$/, '$11') : word,
    );
    return { ...each, args: swapped(words) as string[] };
  }
  return method === undefined ? null : { ...each, params: swapped(params) as Record<string, unknown> };
}

describe('somebody listed is reached through the guard as without it', () => {
  const listed = cases.flatMap((each) => forListed(each) ?? []);
  it.each(listed)('$id $what', async (each) => {
    for (const mode of modesOf(each)) {
      const [guarded, mac] = [createGuardedMac(mode), createScriptedMac(mode)];
      try {
        await guarded.ask(each);
        const without = clearer.has(each.id) ? plainText : mac.run(each);
        expect(guarded.mac.reached()).toEqual(refusedOnPurpose.has(each.id) ? [] : without);
      } finally {
        guarded.remove();
        mac.remove();
      }
    }
  });
});
