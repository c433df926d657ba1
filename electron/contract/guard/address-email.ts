/** E-mail addresses, in lower case and with an ASCII domain. */
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Address, AddressProblem } from './address-types.ts';

/** Turns a Unicode domain into its ASCII form; every host of this code has it, the contract’s types do not. */
declare const URL: new (url: string) => { readonly hostname: string };

const emailShape =
  /^[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/u;
const asciiOnly = /^[\u0020-\u007e]*$/u;
const domainCharacters = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** @param text without hidden characters around it */
export function readEmail(text: string): Result<Address, AddressProblem> {
  const lower = text.toLowerCase();
  if (asciiOnly.test(lower)) return shaped(lower);
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1).normalize('NFC');
  // Only a domain has a second spelling; full-width and other composed letters are nobody's spelling of it.
  if (!asciiOnly.test(lower.slice(0, at)) || domain.normalize('NFKC') !== domain) return fail('look-alike');
  const ascii = asciiDomain(domain);
  return ascii === null ? fail('look-alike') : shaped(`${lower.slice(0, at)}@${ascii}`);
}

function shaped(text: string): Result<Address, AddressProblem> {
  return emailShape.test(text) ? ok({ kind: 'email', key: text }) : fail('not-understood');
}

function asciiDomain(domain: string): string | null {
  if (!domainCharacters.test(domain)) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
