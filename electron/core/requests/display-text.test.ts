import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayLines, displayText, isPlainlyShown, optionalText } from './display-text.ts';

const plain = { altered: false, truncated: false, mixedScripts: false };

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      'я',
      '\u202E',
      '\u200B',
      '\u0301',
      '👩‍👩‍👧',
      '\uFE0F',
      '\uD83D',
      '⟨',
      '\u{E0041}',
      '가',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 300,
  size: 'max',
});
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u2800\u3164]/u;
const emojiParts = /\u200D|\uFE0F|[\u{E0020}-\u{E007F}]/u;

/** Hundreds of generated cases take their time on a busy machine. */
const generated = { timeout: 30_000 };

describe('displayText', generated, () => {
  it.each([
    ['Bob laptop'],
    ['+15551230001'],
    ['José’s iPhone'],
    ['Лаптоп Ивана'],
    ['山田さんの iPhone'],
    ['मेरा फ़ोन'],
    ['👩‍👩‍👧 family ❤️ tablet'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag'],
    [''],
  ])('leaves ordinary text alone: %s', (raw) => {
    expect(displayText(raw, 80)).toEqual({ ...plain, text: raw.normalize('NFC') });
  });

  it.each([
    ['right-to-left override', 'Bob\u202Efdp.exe', 'Bob⟨U+202E⟩fdp.exe'],
    ['isolates', '\u2066a\u2069', '⟨U+2066⟩a⟨U+2069⟩'],
    ['zero-width space', 'ad\u200Bmin', 'ad⟨U+200B⟩min'],
    ['joiner outside an emoji', 'a\u200Db', 'a⟨U+200D⟩b'],
    ['soft hyphen', 'ad\u00ADmin', 'ad⟨U+00AD⟩min'],
    ['escape character', '\u001B[31mred', '⟨U+001B⟩[31mred'],
    ['null', 'a\u0000b', 'a⟨U+0000⟩b'],
    ['tag characters', 'a\u{E0041}\u{E0042}', 'a⟨U+E0041⟩⟨U+E0042⟩'],
    ['variation selector', 'a\uFE0F', 'a⟨U+FE0F⟩'],
    ['Hangul filler', '\u3164x', '⟨U+3164⟩x'],
    ['braille blank', 'a\u2800b', 'a⟨U+2800⟩b'],
    ['private use', '\uE000', '⟨U+E000⟩'],
    ['lone surrogate', 'a\uD800b', 'a\uFFFDb'],
    ['our own escape, forged', '⟨U+202E⟩', '⟨U+27E8⟩U+202E⟨U+27E9⟩'],
    ['line breaks', 'Bob\r\nApproved\u2028by admin', 'Bob Approved by admin'],
    ['padding', 'Bob          (safe)', 'Bob (safe)'],
    ['leading and trailing blanks', '\u00A0Bob ', 'Bob'],
    ['only blanks', ' \t\n', ''],
    ['mark without a letter', '\u0301Bob', '◌́Bob'],
  ])('shows %s', (_name, raw, text) => {
    expect(displayText(raw, 80)).toEqual({ ...plain, text, altered: true });
  });

  it('keeps HTML, shell and markup as the plain text it is', () => {
    const raw = '<b>&amp;</b> $(rm -rf /) `x` --app-name=Evil';
    expect(displayText(raw, 80)).toEqual({ ...plain, text: raw });
  });

  it.each([
    ['pаypal', true],
    ['Αpple phone', true],
    ['Bob лаптоп', false],
    ['iPhone山田', false],
    ['東京タワー한국', false],
    ['аррӏе', false],
  ])('flags a word of several scripts: %s', (raw, mixedScripts) => {
    expect(displayText(raw, 80).mixedScripts).toBe(mixedScripts);
  });

  it('bounds floods of combining marks', () => {
    expect(displayText(`Z${'\u0335'.repeat(100)}oe`, 80)).toEqual({
      ...plain,
      text: `Z${'\u0335'.repeat(4)}⟨+96 marks⟩oe`,
      altered: true,
    });
  });

  it('cuts between characters, never inside one, and says so', () => {
    expect(displayText('ab👩‍👩‍👧cd', 3)).toEqual({ ...plain, text: 'ab👩‍👩‍👧…', truncated: true });
    expect(displayText('a\u202Eb', 5)).toEqual({ ...plain, text: 'a…', truncated: true });
    expect(displayText('abc', 3)).toEqual({ ...plain, text: 'abc' });
  });

  it('does not look at more of a huge text than it shows', () => {
    const huge = displayText('\u0300'.repeat(10_000_000), 80);
    expect(huge.truncated).toBe(true);
    expect(huge.text.length).toBeLessThan(100);
  });

  it('never lets an invisible character through outside an emoji, whatever comes in', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 100 }), (raw, max) => {
        const { text } = displayText(raw, max);
        const withoutEmoji = text.replace(/\p{RGI_Emoji}/gv, '');
        expect(withoutEmoji).not.toMatch(emojiParts);
        expect(withoutEmoji).not.toMatch(invisible);
        expect(text).not.toMatch(/[\r\n\t]| {2}|^ | $/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells whenever what it shows differs from what came', () => {
    fc.assert(
      fc.property(nasty, (raw) => {
        const shown = displayText(raw, 10_000);
        expect(shown.altered).toBe(shown.text !== raw.normalize('NFC'));
        expect(shown.truncated).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never shows more characters than allowed', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 40 }), (raw, max) => {
        const { text, truncated } = displayText(raw, max);
        expect([...graphemes.segment(text)].length).toBeLessThanOrEqual(max + (truncated ? 1 : 0));
      }),
    );
  });
});

describe('displayLines', generated, () => {
  it.each([['Hi\nthere'], ['  indented,\twith  gaps \n\n\nand empty lines\n'], ['Grüße 👩‍👩‍👧\n山田さん'], ['']])(
    'keeps ordinary text exactly as it reads: %j',
    (raw) => {
      expect(displayLines(raw, 100)).toEqual({ text: raw, ...plain });
    },
  );

  it.each([
    ['a\r\nb', 'a\nb', false],
    ['a\rb', 'a⟨U+000D⟩b', true],
    ['a\u2028b\u0085c\fd', 'a⟨U+2028⟩b⟨U+0085⟩c⟨U+000C⟩d', true],
    ['a\u00A0b', 'a b', true],
    ['a\u202Eb\n\u200Bc', 'a⟨U+202E⟩b\n⟨U+200B⟩c', true],
  ])('shows %j as %j', (raw, text, altered) => {
    expect(displayLines(raw, 100)).toEqual({ text, ...plain, altered });
  });

  it('cuts after the given number of characters, and never without one', () => {
    expect(displayLines('ab\ncd', 4)).toEqual({ text: 'ab\nc…', ...plain, truncated: true });
    const long = 'line\n'.repeat(40_000);
    expect(displayLines(long, Infinity)).toEqual({ text: long, ...plain });
  });

  it('never lets an invisible character through, and tells whenever it shows something else', () => {
    fc.assert(
      fc.property(nasty, (raw) => {
        const { text, altered } = displayLines(raw, Infinity);
        expect(altered).toBe(text !== raw.normalize('NFC').replaceAll('\r\n', '\n'));
        const withoutEmoji = text.replace(/\p{RGI_Emoji}/gv, '');
        expect(withoutEmoji).not.toMatch(emojiParts);
        expect(withoutEmoji.replaceAll(/[\n\t]/gu, '')).not.toMatch(invisible);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('optionalText', () => {
  it('is null for what is missing or blank', () => {
    expect([optionalText(undefined, 5), optionalText(' \n', 5), optionalText('x', 5)?.text]).toEqual([
      null,
      null,
      'x',
    ]);
  });
});

describe('isPlainlyShown', () => {
  it('is false as soon as anything was hidden, cut or suspicious', () => {
    expect(
      [null, 'Bob', 'B\u200Bob', 'much too long', 'pаypal'].map((raw) =>
        isPlainlyShown(raw === null ? null : displayText(raw, 9)),
      ),
    ).toEqual([true, true, false, false, false]);
  });
});
