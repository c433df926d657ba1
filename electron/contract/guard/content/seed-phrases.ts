/**
 * Phrases of words that are the key to a wallet (BIP-39, the English list): as long as such phrases are, with the right
 * checksum in the last word. How they are written down does not matter: in one line or many, numbered, in capitals.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Span } from './span.ts';

/** Beyond so many tries in one text a row of words counts without its checksum: nobody talks like that. */
const mostTries = 500;

const bitsOfWord = 11;
/** Words of a phrase; the longest that fits counts. */
const lengths = [24, 21, 18, 15, 12] as const;
const [longest, shortest] = [24, 12];

/** Anything but letters may stand between two words of a phrase. */
const words = /\p{L}+/gu;

/** Made when it is first wanted: most owners never ask for this kind. */
let listed: ReadonlyMap<string, number> | null = null;

interface Word extends Span {
  /** In the list, counted from 0. */
  readonly place: number;
}

/** @returns overlapping ones, too: a word of the list right before a phrase may begin one by chance, and hides none */
export function seedPhrasesIn(text: string): readonly Span[] {
  const found: Span[] = [];
  let tries = 0;
  for (const row of rowsIn(text)) {
    for (const [first, { start }] of row.slice(0, 1 - shortest).entries()) {
      const isTooMuch = tries >= mostTries;
      const count = isTooMuch ? row.length - first : phraseLength(row.slice(first, first + longest));
      tries += lengths.length;
      const last = row[first + count - 1];
      if (count > 0 && last !== undefined) found.push({ start, end: last.end });
      if (isTooMuch) break;
    }
  }
  return found;
}

/** Words of the list one after the other. */
function rowsIn(text: string): readonly (readonly Word[])[] {
  const places = (listed ??= new Map(wordlist.map((word, place) => [word, place])));
  const rows: Word[][] = [[]];
  for (const { index, 0: written } of text.matchAll(words)) {
    const place = places.get(written.toLowerCase());
    if (place === undefined) rows.push([]);
    else rows.at(-1)?.push({ place, start: index, end: index + written.length });
  }
  return rows;
}

/** @returns words of the longest phrase these begin with; 0: of none */
function phraseLength(beginning: readonly Word[]): number {
  return lengths.find((count) => hasChecksum(beginning.slice(0, count), count)) ?? 0;
}

/** Three words carry 32 bits of the key and one of its checksum: all of the key first, then its checksum. */
function hasChecksum(phrase: readonly Word[], count: number): boolean {
  if (phrase.length < count) return false;
  const checksumBits = count / 3;
  const bytes = new Uint8Array(Math.ceil((count * bitsOfWord) / 8));
  let at = 0;
  let carry = 0;
  let bits = 0;
  for (const { place } of phrase) {
    carry = (carry << bitsOfWord) | place;
    bits += bitsOfWord;
    for (; bits >= 8; bits -= 8) bytes[at++] = carry >>> (bits - 8);
    carry &= (1 << bits) - 1;
  }
  if (bits > 0) bytes[at] = carry << (8 - bits);
  const keyBytes = checksumBits * 4;
  const shift = 8 - checksumBits;
  return (sha256(bytes.subarray(0, keyBytes))[0] ?? 0) >>> shift === (bytes[keyBytes] ?? 0) >>> shift;
}
