/** Where a call of the message tool goes that names nobody: into the conversation of the turn. */
import { addressKey } from '../../electron/contract/guard/address.ts';
import { canonicalChannel } from '../../electron/contract/guard/channel-ids.ts';
import type { OutgoingParts } from './outgoing.ts';
import { conversationKey } from './stopped-entry.ts';

export interface Turn {
  readonly sessionKey?: string | null | undefined;
  readonly channelId?: string | null | undefined;
}

/** No spelling of anybody: the owner is asked. */
const notNamed = '(not named)';

/**
 * The gateway tells the conversation, or the person it is with; the session remembers what its last message came from.
 * Where that is the chat with this person, it is the chat that is meant: a reply needs no rule there.
 */
export function turnConversation(
  { state, book }: Pick<OutgoingParts, 'state' | 'book'>,
  { sessionKey, channelId }: Turn,
  channels: readonly string[],
): string {
  const remembered = state.sessionConversations.get(sessionKey ?? '') ?? null;
  const told =
    channelId === null || channelId === undefined || isChannel(channelId, channels) ? null : channelId;
  if (told === null || remembered === null) return told ?? remembered ?? notNamed;
  const sameChat = channels.every((channel) => {
    const context = { channel, region: null };
    const [person, chat] = [addressKey(told, context), addressKey(remembered, context)];
    const people = chat === null ? [] : (book.find(conversationKey(channel, chat))?.people ?? []);
    return person !== null && people.length === 1 && people[0] === person;
  });
  return sameChat ? remembered : told;
}

function isChannel(text: string, channels: readonly string[]): boolean {
  return channels.includes(canonicalChannel(text));
}
