/**
 * Which canonical addresses are one person. Some countries changed their plan and kept both spellings alive: Mexico's
 * mobile 1 means nothing any more; Argentina's mobile 9 and Brazil's ninth digit lead to the same subscriber or, seldom,
 * to another one.
 */

const mexicanMobile = /^\+521(\d{10})$/u;
const argentineMobile = /^\+549(\d{10})$/u;
const brazilianMobile = /^\+55(\d{2})9(\d{8})$/u;
/** Gateways write a plus before short numbers, too. */
const shortWithPlus = /^\+(\d{3,6})$/u;

/** Equal for two addresses that are certainly the same person: what allows one of them allows the other. */
export function samePerson(key: string): string {
  return key.replace(mexicanMobile, '+52$1');
}

/** Equal for two addresses that may be the same person: what refuses one of them refuses the other. */
export function possiblySamePerson(key: string): string {
  return samePerson(key)
    .replace(argentineMobile, '+54$1')
    .replace(brazilianMobile, '+55$1$2')
    .replace(shortWithPlus, 'short:$1');
}
