/** The scripted imsg against what is known of the real one: who would receive it, in both families. */
import { describe, expect, it } from 'vitest';
import { createScriptedMac, expectedOf, imsgCases, modes, modesOf } from './imsg-world.fixture.ts';
import type { Mode, Reached } from './imsg-world.fixture.ts';

/** That Messages was started with the helper on the way is told apart from what was asked. */
const asked = (reached: readonly Reached[]): readonly Reached[] =>
  reached.filter(({ kind, text }) => kind !== 'launch' || text !== undefined);

const sorted = (reached: readonly Reached[]): readonly Reached[] =>
  reached.map((each) => ({ ...each, to: [...each.to].sort() }));

describe.each(modes)('imsg %s', (mode: Mode) => {
  it.each(imsgCases.filter((each) => modesOf(each).includes(mode)))('$id $what', (each) => {
    const mac = createScriptedMac(mode);
    try {
      const expected = expectedOf(each, mode).map(({ text, ...rest }) => ({
        ...rest,
        ...(text === undefined || text === '' ? {} : { text }),
      }));
      expect(asked(mac.run(each))).toEqual(sorted(expected));
    } finally {
      mac.remove();
    }
  });
});
