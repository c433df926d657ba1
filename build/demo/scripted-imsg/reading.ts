/** Everything that only reads: it shows nothing to anybody. */
import type { Outcome } from './carry-out.ts';
import { ImsgError } from './imsg-error.ts';
import type { Input } from './input.ts';
import { chatFacts, messageIn } from './shapes.ts';
import type { World } from './world.ts';

type Reading = (world: World, input: Input) => Outcome;

export function chatsList(world: World, input: Input): Outcome {
  const limit = input.whole(['limit'], 'limit') ?? 20;
  input.ignore(['unread_only', 'unreadOnly']);
  input.done();
  world.refresh();
  const chats = world.database.chats().slice(0, limit);
  return { more: { chats: chats.map(chatFacts) } };
}

export const oneChat: Reading = (world, input) => {
  const id = input.whole(['chat_id'], 'chat-id');
  input.done();
  if (id === null) throw new ImsgError('Missing required option: --chat-id');
  return { more: { ...chatFacts(world.chatOfRow(id)) } };
};

export function history(world: World, input: Input): Outcome {
  const id = input.whole(['chat_id'], 'chat-id');
  const limit = input.whole(['limit'], 'limit') ?? 50;
  const start = input.text(['start'], 'start') ?? '';
  const end = input.text(['end'], 'end');
  input.ignore(['participants', 'attachments', 'convert_attachments']);
  input.done();
  if (id === null) throw new ImsgError('Missing required option: --chat-id');
  world.refresh();
  const found = world.database.messages().filter(({ message }) => {
    const at = message.created_at ?? '';
    return message.chat_id === id && at >= start && (end === null || at < end);
  });
  const newestFirst = [...found].reverse().slice(0, limit);
  return { more: { messages: newestFirst.map((stored) => messageIn(world, stored)) } };
}

export function search(world: World, input: Input): Outcome {
  const query = (input.text(['query'], 'query') ?? '').toLowerCase();
  const limit = input.whole(['limit'], 'limit') ?? 50;
  input.ignore(['match']);
  input.done();
  world.refresh();
  const found = world.database
    .messages()
    .filter(({ message }) => (message.text ?? '').toLowerCase().includes(query));
  return { more: { messages: found.slice(-limit).map((stored) => messageIn(world, stored)) } };
}

export function after(world: World, input: Input): Outcome {
  const row = input.whole(['since_rowid']) ?? 0;
  input.ignore(['limit', 'chat_id', 'attachments', 'convert_attachments', 'include_reactions']);
  input.done();
  world.refresh();
  const found = world.database.messages().filter((stored) => stored.row > row);
  return { more: { messages: found.map((stored) => messageIn(world, stored)) } };
}

/** Answers whose content no caller here depends on. */
export const answering =
  (more: Readonly<Record<string, unknown>>, known: readonly string[] = []): Reading =>
  (_world, input) => {
    input.ignore(['chat_id', 'chat_identifier', 'chat_guid', ...known]);
    input.done();
    return { more };
  };
