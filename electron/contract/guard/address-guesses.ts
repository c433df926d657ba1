/**
 * Whom a text that is not understood may reach after all, so that a denial or a block still holds: every reading any
 * program on the way could come to. Far too generous to allow anybody by.
 */
import type { Result } from '../result.ts';
import { withoutHidden, withPlainDigits } from './address-characters.ts';
import { isPhoneChannel, phoneKey, shortCode } from './address-phone.ts';
import { readSender } from './address-sender.ts';
import type { Address, AddressContext, AddressProblem } from './address-types.ts';

/** Beyond this nobody's program finds a recipient; such a text is not understood in any case. */
const readCharacters = 1_000;
const readNumbers = 24;
const fewestDigits = 3;
/** Fifteen, and what is dialled before a country code. */
const mostDigits = 20;

const prefixes = /^(?:\s*[a-z_]{1,16}:(?:\/\/)?)+/iu;
const inBrackets = /<([^<>]+)>/gu;
const betweenWords = /[\s<>()[\]",;:|]+/u;
const number = /\+?[0-9][0-9\s().\-\u2010-\u2015\u2212/]*/gu;
const shortNumber = /^\+?(\d{3,6})$/u;

type Read = (text: string, context: AddressContext) => Result<Address, AddressProblem>;

/** @param read understands what is plain */
export function guessPeople(raw: string, context: AddressContext, read: Read): readonly string[] {
  const text = raw.slice(0, readCharacters);
  const people = new Set<string>();
  const numbers = new Set<string>();
  for (const spelling of foldings(text)) {
    const bare = spelling.replace(prefixes, '').trim();
    for (const part of new Set([spelling, bare, ...captured(bare, inBrackets), ...mailsIn(bare)])) {
      const address = read(part, context);
      if (address.ok) people.add(address.value.key);
      for (const digits of numbersIn(part)) numbers.add(digits);
    }
    if (!isPhoneChannel(context.channel)) continue;
    const short = shortNumber.exec(bare)?.[1];
    if (short !== undefined) people.add(shortCode(short).key);
    const sender = readSender(bare);
    if (sender !== null) people.add(sender.key);
  }
  for (const digits of [...numbers].slice(0, readNumbers)) {
    // A sign inside the country code makes a national number of what looks like an international one.
    for (const key of [phoneKey(`+${digits}`, null), phoneKey(digits, context.region)])
      if (key !== null) people.add(key);
  }
  return [...people];
}

/** With odd digits read as 0-9 and with odd digits left out: programs do either. */
function foldings(text: string): ReadonlySet<string> {
  const visible = withoutHidden(text);
  return new Set([
    withPlainDigits(visible.normalize('NFKC')).trim(),
    visible
      .replaceAll(/[^\P{N}0-9]/gu, '')
      .normalize('NFKC')
      .trim(),
  ]);
}

/** The digits of each number in a text, and all of them: some programs drop letters between digits and read on. */
function numbersIn(text: string): readonly string[] {
  return [...(text.match(number) ?? []), text]
    .map((run) => run.replaceAll(/[^0-9]/gu, ''))
    .filter((digits) => digits.length >= fewestDigits && digits.length <= mostDigits);
}

function mailsIn(text: string): readonly string[] {
  return text.split(betweenWords).filter((word) => word.includes('@'));
}

function captured(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}
