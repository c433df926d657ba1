/** Telephone numbers as the canonical `+<country code><number>` (E.164). */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PhoneNumber } from 'libphonenumber-js/min';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Address, AddressContext, AddressProblem } from './address-types.ts';

/** Channels whose bare digits are phone numbers. */
const phoneChannels: ReadonlySet<string> = new Set(['imessage', 'sms', 'whatsapp', 'signal']);
/** Bare digits on these are international already, without the plus sign. */
const internationalDigitChannels: ReadonlySet<string> = new Set(['whatsapp', 'signal']);

const separators = ' \\u00a0().\\-\\u2010-\\u2015\\u2212/';
/** Digits 0-9 and the signs people put between them. Programs disagree about all others. */
const plainNumber = new RegExp(`^\\+?[0-9(][0-9${separators}]*$`, 'u');
const shortDigits = /^\d{3,6}$/u;
const mexicanMobile = /^\+521(\d{10})$/u;
/** What E.164 allows; the library's plans of some countries go beyond it, and nobody's number does. */
const mostDigits = 15;

export function isPhoneChannel(channel: string): boolean {
  return phoneChannels.has(channel);
}

export function looksLikePhone(text: string): boolean {
  return plainNumber.test(text) && /\d/u.test(text);
}

export function readPhone(text: string, context: AddressContext): Result<Address, AddressProblem> {
  const digits = digitsOf(text);
  if (digits.length >= 17 && digits.length <= 19) return fail('foreign-id');
  if (text.startsWith('+')) return international(text, digits, context);
  if (shortDigits.test(text)) return short(text, context);
  if (internationalDigitChannels.has(context.channel)) return international(`+${digits}`, digits, context);
  if (supported(context.region) === undefined) return fail('national');
  const key = phoneKey(text, context.region);
  return key === null ? fail('wrong-shape') : ok({ kind: 'phone', key });
}

export function shortCode(digits: string): Address {
  return { kind: 'short-code', key: `short:${digits}` };
}

/** E.164, or null for what cannot be a number. With a null region only international spellings are numbers. */
export function phoneKey(text: string, region: string | null): string | null {
  return possibleNumber(text, region)?.number ?? null;
}

function possibleNumber(text: string, region: string | null): PhoneNumber | null {
  const number = parsePhoneNumberFromString(text, supported(region));
  if (number === undefined || number.ext !== undefined) return null;
  if (number.number.length > 1 + mostDigits) return null;
  // With a leading zero too many, reading it again would make yet another number of it.
  if (text !== number.number && parsePhoneNumberFromString(number.number)?.number !== number.number)
    return null;
  if (number.isPossible()) return number;
  // The library has dropped Mexico's old mobile 1; gateways still report senders with it.
  const rest = mexicanMobile.exec(number.number)?.[1];
  return rest !== undefined && possibleNumber(`+52${rest}`, null) !== null ? number : null;
}

function international(
  text: string,
  digits: string,
  { channel }: AddressContext,
): Result<Address, AddressProblem> {
  const number = possibleNumber(text, null);
  if (number === null) {
    // So do gateways write the short number a service sent from.
    const short = isPhoneChannel(channel) && shortDigits.test(text.slice(1));
    return short ? ok(shortCode(digits)) : fail('wrong-shape');
  }
  // Anything inside the country code makes some programs read the rest as a number of their own country.
  return text.startsWith(`+${number.countryCallingCode}`)
    ? ok({ kind: 'phone', key: number.number })
    : fail('not-understood');
}

function short(text: string, { channel, region }: AddressContext): Result<Address, AddressProblem> {
  if (internationalDigitChannels.has(channel)) return ok(shortCode(text));
  if (supported(region) === undefined) return fail('national');
  return phoneKey(text, region) === null ? ok(shortCode(text)) : fail('ambiguous');
}

function supported(region: string | null) {
  return region !== null && isSupportedCountry(region) ? region : undefined;
}

function digitsOf(text: string): string {
  return text.replaceAll(/[^0-9]/gu, '');
}
