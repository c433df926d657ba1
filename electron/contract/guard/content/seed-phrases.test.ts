import { entropyToMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from './find-secrets.ts';
import { seedPhrases } from './secret-samples.fixture.ts';
import { seedPhrasesIn } from './seed-phrases.ts';

const [twelve, eighteen] = seedPhrases;
const mask = (text: string): string => maskSecrets(text, ['seed-phrase']);

const listed = fc.constantFrom(...wordlist);
/** Words of talk that are not in the list: none of them can be part of a phrase. */
const talk = fc.constantFrom(
  'the',
  'of',
  'and',
  'I',
  'was',
  'it’s',
  'Zoë',
  'words',
  'Nachricht',
  'abandoned',
);
const phrase = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
  .map((entropy) => entropyToMnemonic(entropy, wordlist).split(' '));

describe('a seed phrase', () => {
  it.each(seedPhrases)('“%s” is found whole', (words) => {
    expect(mask(`Ours: ${words} (of 2026)`)).toBe('Ours: •••• (of 2026)');
  });

  it.each([
    ['a word a line', (words: readonly string[]) => words.join('\n')],
    [
      'numbered',
      (words: readonly string[]) => words.map((word, at) => `${String(at + 1)}. ${word}`).join('\n'),
    ],
    ['with commas', (words: readonly string[]) => words.join(', ')],
    ['in a table', (words: readonly string[]) => words.map((word) => `|  ${word}    |`).join('')],
    ['in JSON', (words: readonly string[]) => JSON.stringify(words)],
    ['in capitals', (words: readonly string[]) => words.join(' ').toUpperCase()],
    [
      'with a capital',
      (words: readonly string[]) => words.join(' ').replace(/^./u, (first) => first.toUpperCase()),
    ],
  ])('is found written %s', (_how, write) => {
    for (const words of [twelve, eighteen]) {
      const [, rest] = mask(`The words: ${write(words.split(' '))} (ours)`).split('••••');
      expect(rest).toMatch(/^\P{L}*\(ours\)$/u);
    }
  });

  it('of every length is found in talk, and no word of it is left', () => {
    fc.assert(
      fc.property(phrase, fc.array(talk), fc.array(listed, { maxLength: 11 }), (words, before, after) => {
        const text = [...before, 'the', ...words, ...after, 'the', ...before].join(' ');
        const start = [...before, 'the', ''].join(' ').length;
        const end = start + words.join(' ').length;
        expect(seedPhrasesIn(text).some((span) => span.start === start && span.end >= end)).toBe(true);
      }),
    );
  });

  it('is what has the right length and checksum, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(listed, { minLength: 11, maxLength: 26 }), (words) => {
        const isPhrase = words.some((_word, from) =>
          [12, 15, 18, 21, 24].some((count) =>
            validateMnemonic(words.slice(from, from + count).join(' '), wordlist),
          ),
        );
        expect(seedPhrasesIn(words.join(' ')).length > 0).toBe(isPhrase);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be hidden behind words of the list', () => {
    fc.assert(
      fc.property(fc.array(listed, { minLength: 100, maxLength: 200 }), phrase, (before, words) => {
        const text = [...before, ...words].join(' ');
        const masked = mask(`${text} .`);
        expect(masked.endsWith('•••• .')).toBe(true);
      }),
    );
  });
});

it('talk is no seed phrase, however many of its words are in the list', () => {
  const row = fc.array(listed, { maxLength: 11, size: 'max' });
  fc.assert(
    fc.property(fc.array(fc.tuple(row, talk)), (rows) => {
      expect(seedPhrasesIn(rows.flatMap(([words, word]) => [...words, word]).join(' '))).toEqual([]);
    }),
  );
});

it.each([
  ['too short', 'legal winner thank year wave sausage worth useful legal winner thank'],
  ['with a wrong last word', twelve.replace(/yellow$/u, 'year')],
  ['with a word of another language', twelve.replace('sausage', 'Wurst')],
])('a phrase %s is none', (_what, words) => {
  expect(seedPhrasesIn(`It is ${words}.`)).toEqual([]);
});
