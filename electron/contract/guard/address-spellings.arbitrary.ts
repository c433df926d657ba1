/** Test data: the many ways people and programs write one and the same telephone number. */
import fc from 'fast-check';

/** Ten digits of a North American number. */
export const nationalNumber: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 201, max: 989 }), fc.integer({ min: 2_000_000, max: 9_999_999 }))
  .filter(([area]) => area % 100 !== 11)
  .map(([area, line]) => `${String(area)}${String(line)}`);

const gaps = fc.constantFrom('', ' ', '-', '.', '\u2011', ' - ', '\u00a0');
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

/** Spellings that every program reads alike, wherever it runs. */
export const internationalSpellingsOf = (national: string): fc.Arbitrary<string> =>
  fc
    .record({ prefix: servicePrefixes, gap: gaps, pad: fc.constantFrom('', ' ') })
    .map(({ prefix, gap, pad }) => `${prefix}+1${gap}${groupsOf(national).join(gap)}${pad}`);

/** Spellings that every program reads alike where numbers are dialled in the United States. */
export const spellingsOf = (national: string): fc.Arbitrary<string> =>
  fc.oneof(
    internationalSpellingsOf(national),
    fc
      .record({ prefix: servicePrefixes, gap: gaps, form: fc.constantFrom('bare-1', 'national', 'parens') })
      .map(({ prefix, gap, form }) => {
        const [area, ...rest] = groupsOf(national);
        if (form === 'parens') return `${prefix}(${area}) ${rest.join(gap)}`;
        return `${prefix}${form === 'bare-1' ? `1${gap}` : ''}${[area, ...rest].join(gap)}`;
      }),
  );

/** Spellings that some programs read as this number, some as another and some not at all. */
export const disguisesOf = (national: string): fc.Arbitrary<string> => {
  const number = `+1${national}`;
  const odd = fc.constantFrom(fullWidth, arabicIndic, superscript);
  const hidden = fc.constantFrom('\u200b', '\u2060', '\u00ad', '\u202e', '\u200e', '\ufe0f');
  const at = fc.integer({ min: 0, max: number.length });
  return fc.oneof(
    fc.constantFrom('ext 5', ' ext. 42', ';ext=5', 'x5', '#12', ',77').map((extension) => number + extension),
    fc.constantFrom('Bob <', '"Bob" <sms:', '<').map((name) => `${name}${number}>`),
    fc.constantFrom(',', ';', ' and ', '\u2028').map((list) => `+15550000000${list}${number}`),
    fc.tuple(odd, fc.integer({ min: 2, max: number.length - 1 })).map(([write, index]) => {
      return number.slice(0, index) + write(number.slice(index, index + 1)) + number.slice(index + 1);
    }),
    odd.map((write) => `+${write(number.slice(1))}`),
    fc
      .tuple(hidden, at)
      .map(([character, index]) => number.slice(0, index) + character + number.slice(index)),
    fc.constantFrom('+ ', '+(', '+-').map((broken) => broken + number.slice(1)),
    fc.constant(`${number.slice(0, 6)}LETTERS${number.slice(6)}`),
    fc.constant(`${number}${' '.repeat(400)}`).map((text) => `${text}.`),
  );
};

function groupsOf(national: string): readonly [string, string, string] {
  return [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
}

function digitsFrom(first: number): (text: string) => string {
  return (text) => text.replaceAll(/[0-9]/gu, (digit) => String.fromCodePoint(first + Number(digit)));
}
const fullWidth = digitsFrom(0xff10);
const arabicIndic = digitsFrom(0x0660);
const superscript = (text: string): string =>
  text.replaceAll(/[0-9]/gu, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '');
