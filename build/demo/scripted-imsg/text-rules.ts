/** How imsg's language and system libraries read plain text; JavaScript's own rules differ in every point. */

/** What `trimmingCharacters(in: .whitespacesAndNewlines)` takes away: U+0085 and U+200B too, but neither U+FEFF nor NUL. */
const blanks = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+`;
const blankStart = new RegExp(`^${blanks}`, 'u');
const blankEnd = new RegExp(`${blanks}$`, 'u');

export function trimmed(text: string): string {
  return text.replace(blankStart, '').replace(blankEnd, '');
}

/** `Int(text)`: digits with an optional sign, no blanks. */
export function wholeNumber(text: string): number | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Does `Double(text)` read it? Such a word is the value of an option, even with a dash in front. */
export function readsAsNumber(text: string): boolean {
  return /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x[\da-f]+\.?[\da-f]*(?:p[+-]?\d+)?|inf(?:inity)?|nan)$/iu.test(
    text,
  );
}

/** Splits a list written as one text. */
export function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map(trimmed)
    .filter((part) => part !== '');
}
