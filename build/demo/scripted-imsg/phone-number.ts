/**
 * Reads a phone number the way imsg's phone library does, written from a description of its steps. Deliberately not
 * the way the product reads one: where the two disagree, somebody else is dialled than was judged.
 */
import { planOfRegion, plansOfCode } from './number-plans.ts';
import type { NumberPlan } from './number-plans.ts';

const longestInput = 250;
const longestExtension = String.raw`[\d０-９٠-٩۰-۹]{1,7}`;
const separators = String.raw`\-x‐-―−ー－-／ \u00a0\u00ad\u200b\u2060\u3000()（）［］.\[\]/~⁓∼～*`;
const digits = '0-9０-９٠-٩۰-۹';
const extension = String.raw`(?:;ext=${longestExtension}|[ \t,]*(?:e?xt(?:ensi[oó]n?)?n?|ｅ?ｘｔｎ?|[,xｘ#＃~～;]|int|anexo|ｉｎｔ)[:.．]?[ \t,-]*${longestExtension}#?|[- ]+[${digits}]{1,5}#)`;
/** `$` of Apple's expressions also stands before one final line end. */
const end = String.raw`(?=(?:\r\n|[\n\r\u0085\u2028\u2029])?$)`;

const wholeText = new RegExp(
  `^(?:[${digits}]{2}|[+＋]*(?:[${separators}]*[${digits}]){3,}[${separators}A-Za-z${digits}]*(?:${extension})?[,;]*)${end}`,
  'iu',
);
const extensionAtEnd = new RegExp(`${extension}$`, 'iu');
const plus = /^[+＋]+/u;

/** @returns E.164, or null: the library failed and imsg hands the text on as it was written. */
export function readPhoneNumber(text: string, region: string): string | null {
  const found = text.length > longestInput ? undefined : wholeText.exec(text)?.[0];
  const plan = planOfRegion(region.toUpperCase());
  if (found === undefined || plan === null) return null;
  const number = withAsciiDigits(found).replace(extensionAtEnd, '');
  const { countryCode, rest } = splitCountryCode(number, plan);
  const national = normalised(rest);
  if (countryCode === null) return inOwnCountry(national, plan);
  const [main, ...others] = plansOfCode(countryCode);
  const first = countryCode === plan.countryCode ? plan : main;
  if (first === undefined) return null;
  const sure = asNational(national, first);
  if (sure !== null) return sure;
  const shared = first === plan ? [main, ...others] : others;
  const possible = new Set(
    shared.flatMap((each) => (each === undefined ? [] : [asNational(national, each)])).filter(Boolean),
  );
  return possible.size === 1 ? ([...possible][0] ?? null) : null;
}

/** No country code in the text: a number of the region, written with the region's own code or without. */
function inOwnCountry(national: string, plan: NumberPlan): string | null {
  if (national.startsWith(plan.countryCode)) {
    const without = national.slice(plan.countryCode.length);
    const number = matches(plan, without) ? asNational(without, plan) : null;
    if (number !== null) return number;
  }
  return asNational(national, plan);
}

interface Split {
  /** null: none was found. */
  readonly countryCode: string | null;
  readonly rest: string;
}

/**
 * The code is looked for in the first raw characters after the plus; one blank or dash among them hides it, and the
 * whole becomes a number of the caller's region.
 */
function splitCountryCode(number: string, plan: NumberPlan): Split {
  const none = { countryCode: null, rest: number };
  if (plan.internationalPrefix === null) return none;
  if (plus.test(number)) {
    const raw = number.replace(plus, '');
    if (raw.length > 2) return codeAtStart(raw) ?? none;
  }
  const dialled = normalised(number.replace(plus, ''));
  const prefix = new RegExp(`^(?:${plan.internationalPrefix})`).exec(dialled)?.[0];
  if (prefix === undefined) return none;
  const raw = dialled.slice(prefix.length);
  if (/\d/.exec(raw)?.[0] === '0') return none;
  return codeAtStart(raw) ?? none;
}

function codeAtStart(raw: string): Split | null {
  if (raw.startsWith('0')) return null;
  for (let length = 1; length <= Math.min(3, raw.length); length += 1) {
    const code = raw.slice(0, length);
    if (/^\d+$/.test(code) && plansOfCode(code).length > 0)
      return { countryCode: code, rest: raw.slice(length) };
  }
  return null;
}

function asNational(number: string, plan: NumberPlan): string | null {
  const national = withoutNationalPrefix(number, plan);
  if (!matches(plan, national) || !/^\d{1,19}$/.test(national)) return null;
  const leadingZero = national.startsWith('0') ? '0' : '';
  return `+${plan.countryCode}${leadingZero}${String(BigInt(national))}`;
}

function withoutNationalPrefix(number: string, plan: NumberPlan): string {
  if (plan.nationalPrefix === null) return number;
  const prefix = new RegExp(`^(?:${plan.nationalPrefix})`);
  const match = prefix.exec(number);
  if (match === null) return number;
  const lastGroup = match.at(-1) ?? '';
  const changed =
    plan.prefixRule !== null && lastGroup !== ''
      ? number.replace(prefix, plan.prefixRule)
      : number.slice(match[0].length);
  return matches(plan, number) && !matches(plan, changed) ? number : changed;
}

function matches(plan: NumberPlan, number: string): boolean {
  return new RegExp(`^(?:${plan.national})$`).test(number);
}

/** Arabic-Indic and Persian digits become 0-9; full-width ones stay, and are dropped with everything else later. */
function withAsciiDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

function normalised(number: string): string {
  return number.replaceAll(/[^\d*#,;]/gu, '');
}
