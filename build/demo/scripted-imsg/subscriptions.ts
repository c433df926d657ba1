/** Watching: takes the tester's messages in, and tells of every new one, our own included. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Chat, StoredMessage } from './database.ts';
import type { Input } from './input.ts';
import { messageIn } from './shapes.ts';
import type { World } from './world.ts';

const pollMs = 100;

interface Subscription {
  readonly id: number;
  readonly chatId: number | null;
  readonly participants: readonly string[] | null;
  readonly start: string;
  readonly end: string | null;
  readonly reactions: boolean;
  seen: number;
}

/** A message the tester wrote; whatever else it says is told as it is. */
interface InboxMessage {
  readonly sender: string;
  readonly text: string;
  readonly chat_id: number;
  readonly chat_identifier?: string;
  readonly chat_guid?: string;
  readonly chat_name?: string;
  readonly participants?: readonly string[];
}

export class Subscriptions {
  readonly #world: World;
  readonly #tell: (subscription: number, message: object) => void;
  readonly #open = new Map<number, Subscription>();
  #lastId = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(world: World, tell: (subscription: number, message: object) => void) {
    this.#world = world;
    this.#tell = tell;
  }

  /** Of messages from now on, or after `since_rowid`. @returns its number, from 1 */
  add(input: Input): number {
    const since = input.whole(['since_rowid'], 'since-rowid');
    const subscription = {
      id: this.#lastId + 1,
      chatId: input.whole(['chat_id'], 'chat-id'),
      participants: input.list(['participants'], 'participants'),
      start: input.text(['start'], 'start') ?? '',
      end: input.text(['end'], 'end'),
      reactions: input.flag(['include_reactions'], 'reactions') === true,
      seen: 0,
    };
    input.ignore(['attachments', 'convert_attachments', 'debounce_ms', 'debounceMs']);
    input.ignore(['buffer_limit', 'bufferLimit']);
    input.done();
    this.#world.refresh();
    this.#lastId = subscription.id;
    this.#open.set(subscription.id, {
      ...subscription,
      seen: since ?? this.#world.database.messages().at(-1)?.row ?? 0,
    });
    this.#timer ??= setInterval(() => {
      this.#poll();
    }, pollMs);
    return subscription.id;
  }

  /** Without a number: all of them. */
  end(id?: number): void {
    if (id === undefined) this.#open.clear();
    else this.#open.delete(id);
    if (this.#open.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #poll(): void {
    takeInbox(this.#world);
    this.#world.refresh();
    for (const subscription of this.#open.values()) this.#deliver(subscription);
  }

  #deliver(subscription: Subscription): void {
    const messages = this.#world.database.messages();
    const news = messages.slice(firstAfter(messages, subscription.seen));
    for (const stored of news) {
      subscription.seen = stored.row;
      if (wanted(stored, subscription)) this.#tell(subscription.id, messageIn(this.#world, stored));
    }
  }
}

function firstAfter(messages: readonly StoredMessage[], row: number): number {
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.row ?? 0) > row) at -= 1;
  return at;
}

function wanted({ message }: StoredMessage, { chatId, participants, ...rest }: Subscription): boolean {
  const at = message.created_at ?? '';
  return (
    (chatId === null || message.chat_id === chatId) &&
    (participants === null || participants.includes(message.sender ?? '')) &&
    (message.is_reaction !== true || rest.reactions) &&
    at >= rest.start &&
    (rest.end === null || at < rest.end)
  );
}

/** Whichever instance renames a message first takes it. */
function takeInbox(world: World): void {
  const inbox = join(world.surroundings.folder, 'inbox');
  mkdirSync(inbox, { recursive: true });
  for (const name of readdirSync(inbox).sort()) {
    if (!name.endsWith('.json')) continue;
    const taken = join(inbox, `${name}.taken`);
    try {
      renameSync(join(inbox, name), taken);
    } catch {
      continue; // another instance took it
    }
    const message = JSON.parse(readFileSync(taken, 'utf8')) as InboxMessage;
    rmSync(taken);
    world.log.received(message);
    store(message, world);
  }
}

function store(message: InboxMessage, world: World): void {
  const chat: Chat = {
    id: message.chat_id,
    identifier: message.chat_identifier ?? message.sender,
    guid: message.chat_guid ?? `iMessage;-;${message.sender}`,
    service: 'iMessage',
    participants: message.participants ?? [message.sender],
    ...(message.chat_name === undefined ? {} : { name: message.chat_name }),
  };
  world.messages.refresh();
  // A chat that is there already is the tester's to change: a message may come from a merged e-mail of its person.
  if (world.messages.chat(chat.id) === null) world.messages.append({ chat });
  const guid = `SCRIPTED-${randomUUID()}`;
  world.messages.append({
    message: { guid, is_from_me: false, created_at: new Date().toISOString(), ...message },
  });
}
