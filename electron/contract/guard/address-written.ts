/** Is a recipient written as everything on the way to imsg would write it, so that nobody has to read it again? */
import type { Address } from './address-types.ts';

/** OpenClaw takes these off before it hands a recipient on. */
const ownPrefix = /^(?:imessage|sms|auto):/u;
const chatReference = /^(?:chat_guid|chat_identifier):/u;
const personGuid = /^(?:iMessage|SMS|RCS|any);-;(.+)$/u;

/** @param address what `text` was read as, on a channel that sends by imsg */
export function isWrittenCanonically(text: string, { kind, key }: Address): boolean {
  const bare = text.replace(ownPrefix, '');
  switch (kind) {
    case 'phone':
    case 'email': {
      const reference = bare.replace(chatReference, '');
      return reference === key || personGuid.exec(reference)?.[1] === key;
    }
    case 'chat':
      return bare === key;
    case 'group':
      return bare === bare.trim();
    default:
      return false;
  }
}
