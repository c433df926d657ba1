/** Names that stand where a number would be: services that send as "AMAZON", and businesses with an id. */
import type { Address } from './address-types.ts';

const prefix = /^sender:/iu;
const senderName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._&'+:/-]{0,63}$/u;

/** Null: no name a sender could have. */
export function readSender(text: string): Address | null {
  const name = text.replace(prefix, '').trim().normalize('NFKC').toLowerCase();
  return senderName.test(name) && /\p{L}/u.test(name) ? { kind: 'sender', key: `sender:${name}` } : null;
}

export function isNamedSender(text: string): boolean {
  return prefix.test(text);
}
