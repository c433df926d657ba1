/** Numbers of payment cards: as long as their issuer makes them, with the right last digit. */
import type { Span } from './span.ts';

/** In groups or not; a longer row of digits is something else. */
const candidate = /(?<![\d+])\d(?:[ -]?\d){12,18}(?![ -]?\d)/gu;

/** First digits and lengths of the issuers. */
const issuers: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/u,
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/u,
  /^3[47]\d{13}$/u,
  /^3(?:0[0-5]\d|[689]\d{2})\d{10}$/u,
  /^(?:6011|65\d{2}|64[4-9]\d)\d{12}$/u,
  /^35(?:2[89]|[3-8]\d)\d{12}$/u,
  /^62\d{14,17}$/u,
];

export function cardNumbersIn(text: string): readonly Span[] {
  return [...text.matchAll(candidate)]
    .filter(([written]) => isCardNumber(written.replaceAll(/[ -]/gu, '')))
    .map(({ index, 0: written }) => ({ start: index, end: index + written.length }));
}

function isCardNumber(digits: string): boolean {
  return issuers.some((issuer) => issuer.test(digits)) && hasLuhnDigit(digits);
}

function hasLuhnDigit(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
