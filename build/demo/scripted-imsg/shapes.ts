/** How imsg writes chats and messages. */
import type { Chat, StoredMessage } from './database.ts';
import type { World } from './world.ts';

/** Of `chats` and `group`: no `chat_guid` there, and who is in it is what the database joins. */
export function chatFacts(chat: Chat): object {
  return {
    id: chat.id,
    identifier: chat.identifier,
    guid: chat.guid,
    name: chat.name ?? '',
    service: chat.service,
    is_group: isGroup(chat),
    participants: [...chat.participants].sort(),
  };
}

export function messageFacts({ row, message }: StoredMessage, chat: Chat | null): object {
  const { chat_id: chatId, is_from_me: mine, sender, ...more } = message;
  return {
    id: row,
    chat_id: chatId,
    is_from_me: mine,
    sender: sender ?? '',
    text: '',
    created_at: new Date(0).toISOString(),
    attachments: [],
    reactions: [],
    destination_caller_id: '+15550000000',
    chat_identifier: chat?.identifier ?? '',
    chat_guid: chat?.guid ?? '',
    chat_name: chat?.name ?? '',
    participants: chat?.participants ?? [],
    is_group: chat !== null && isGroup(chat),
    ...more,
  };
}

/** The chat of a message, as the server of older versions remembers it. */
export function messageIn(world: World, stored: StoredMessage): object {
  let chat: Chat | null = null;
  try {
    chat = world.chatOfRow(stored.message.chat_id);
  } catch {
    // a message of a chat this database does not have
  }
  return messageFacts(stored, chat);
}

/** Nothing but this text tells imsg that a chat is a group. */
function isGroup({ guid, identifier }: Chat): boolean {
  return guid.includes(';+;') || identifier.includes(';+;');
}
