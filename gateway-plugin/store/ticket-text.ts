/** Compares a text with what OpenClaw makes of it on the way to imsg: Markdown is taken out, long texts are cut. */

/** Signs that formatting takes out or puts in, unless they stand inside a word. */
const marks = /[*_~`#\-\\•─!]/u;
/** Signs of links, quotes and tables: gone or moved, but never between words that become one. */
const brackets = /[[\]()<>|]/u;
const blank = /\s/u;
const wordCharacter = /[\p{L}\p{N}]/u;

/** What formatting cannot change: words and what is written between and inside them. */
export function formattedCore(text: string): string {
  const characters = Array.from(text.normalize('NFC'));
  const inWord = (index: number): boolean =>
    wordCharacter.test(characters[index - 1] ?? '') && wordCharacter.test(characters[index + 1] ?? '');
  return characters
    .map((character, index) => {
      if (blank.test(character)) return ' ';
      if (inWord(index)) return character;
      if (brackets.test(character)) return ' ';
      return marks.test(character) ? '' : character;
    })
    .join('')
    .replaceAll(/ +/gu, ' ')
    .trim();
}

/** OpenClaw cuts longer texts only, at line ends, blanks or its limit; a shorter text leaves whole or not at all. */
const cutFrom = 2_000;

/**
 * @param whole core of the text that was let through
 * @param at how much of it has left already
 * @param part core of what is to leave now
 * @returns where the part ends in the whole; null when it is not the next part
 */
export function endOfNextPart(whole: string, at: number, part: string): number | null {
  const start = whole[at] === ' ' ? at + 1 : at;
  if (part === '' || !whole.startsWith(part, start)) return null;
  const end = start + part.length;
  if (end === whole.length) return end;
  return whole.length >= cutFrom && whole[end] === ' ' ? end : null;
}
