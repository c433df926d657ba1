/** A name in `to` is looked up in Contacts before anything reads it as a number. */
import { ImsgError } from './imsg-error.ts';
import type { Settings } from './settings.ts';
import { trimmed } from './text-rules.ts';

/**
 * Any contact whose name contains the text will do, in any case; the first phone counts before the first e-mail.
 * @returns the person's address, or the text as it was
 * @throws ImsgError when several people fit, or nobody may look
 */
export function addressOfName(to: string, settings: Settings, via: 'rpc' | 'cli', strict: boolean): string {
  if (!looksLikeName(to)) return to;
  if (!settings.contactsReadable) {
    if (strict && via === 'rpc') throw new ImsgError('Contacts access is needed to resolve a name');
    return to;
  }
  const wanted = trimmed(to).toLowerCase();
  const found = settings.contacts.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (found.length > 1) throw new ImsgError(`Ambiguous contact name: ${to}`);
  const [contact] = found;
  return contact?.phones?.[0] ?? contact?.emails?.[0] ?? to;
}

function looksLikeName(to: string): boolean {
  return !to.includes('@') && !to.startsWith('+') && /[^0-9\-(). ]/u.test(to);
}
