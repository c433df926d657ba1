/** Test data: the many ways people and programs write one and the same telephone number. */
import fc from 'fast-check';

/** Ten digits of a North American number. */
export const nationalNumber: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 201, max: 989 }), fc.integer({ min: 2_000_000, max: 9_999_999 }))
  .filter(([area]) => area % 100 !== 11)
  .map(([area, line]) => `${String(area)}${String(line)}`);

const decorations = fc.constantFrom('', ' ', '-', '.', '\u2011', ' - ', '\u200e', '\u202a');
const servicePrefixes = fc.constantFrom(
  '',
  'imessage:',
  'SMS:',
  'auto:',
  'tel:',
  'iMessage;-;',
  'any;-;',
  'chat_guid:SMS;-;',
);
const fullWidth = (text: string): string =>
  text.replaceAll(/[0-9]/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

/** Every way this test knows to write one North American number. */
export const spellingsOf = (national: string): fc.Arbitrary<string> =>
  fc
    .record({
      prefix: servicePrefixes,
      gap: decorations,
      form: fc.constantFrom('plus', 'bare-1', 'national', 'parens'),
      wide: fc.boolean(),
      pad: fc.constantFrom('', ' ', '\u202c'),
    })
    .map(({ prefix, gap, form, wide, pad }) => {
      const parts = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
      const core =
        form === 'plus'
          ? `+1${gap}${parts.join(gap)}`
          : form === 'bare-1'
            ? `1${gap}${parts.join(gap)}`
            : form === 'parens'
              ? `(${parts[0] ?? ''}) ${parts[1] ?? ''}${gap}${parts[2] ?? ''}`
              : parts.join(gap);
      return `${prefix}${wide ? fullWidth(core) : core}${pad}`;
    });
