/** Characters that are not what they look like. */

const hidden =
  '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\p{Variation_Selector}\\ufeff';
const hiddenCharacter = new RegExp(`[${hidden}]`, 'u');
const hiddenCharacters = new RegExp(`[${hidden}\\p{Cc}\\p{Cf}]`, 'gu');
const aroundText = new RegExp(`^[\\s${hidden}]+|[\\s${hidden}]+$`, 'gu');

export function hasHidden(text: string): boolean {
  return hiddenCharacter.test(text) || /\p{Cc}/u.test(text);
}

export function withoutHidden(text: string): string {
  return text.replaceAll(hiddenCharacters, '');
}

/** Copied numbers often come wrapped in direction marks. */
export function withoutHiddenAround(text: string): string {
  return text.replaceAll(aroundText, '');
}

/** Every decimal digit of every script as 0-9. */
export function withPlainDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Scripts have their ten digits in a row, zero first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let below = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - below - 1))) below += 1;
  return below % 10;
}
