/** Learns who is in which conversation, from imsg's own output as it passes by and by asking when needed. */
import { z } from 'zod';
import { addressKey } from '../../electron/contract/guard/address.ts';
import type { ConversationBook } from '../store/conversations.ts';
import type { ChatFacts } from './chat-lookup.ts';
import { imsgRegion } from './send-request.ts';

/** Longer lines from imsg (histories, attachments) are not looked at; what they say can be asked for. */
export const observedLineMax = 256 * 1024;

const messageNotice = z.object({
  method: z.literal('message'),
  params: z.object({
    message: z.object({
      chat_id: z.number().optional(),
      chat_guid: z.string().optional(),
      sender: z.string().optional(),
      is_from_me: z.boolean(),
      is_group: z.boolean().optional(),
      participants: z.array(z.string()).optional(),
    }),
  }),
});

export interface ConversationParts {
  readonly book: ConversationBook;
  readonly lookUp: (chatId: string) => Promise<ChatFacts | null>;
  /** Somebody wrote: the canonical addresses of the conversation and of the person. */
  readonly heardFrom: (keys: readonly string[]) => void;
  readonly now: () => number;
}

export class Conversations {
  readonly #book: ConversationBook;
  readonly #lookUp: ConversationParts['lookUp'];
  readonly #heardFrom: ConversationParts['heardFrom'];
  readonly #now: () => number;

  constructor({ book, lookUp, heardFrom, now }: ConversationParts) {
    this.#book = book;
    this.#lookUp = lookUp;
    this.#heardFrom = heardFrom;
    this.#now = now;
  }

  /** A line from imsg. Only messages from other people open a conversation. */
  observe(line: Buffer): void {
    if (line.length > observedLineMax || !line.includes('"message"')) return;
    let notice: z.infer<typeof messageNotice>;
    try {
      notice = messageNotice.parse(JSON.parse(line.toString('utf8')));
    } catch {
      return; // not a message notice
    }
    const { message } = notice.params;
    if (message.is_from_me) return;
    const keys = [
      message.chat_id === undefined ? null : canonical(`chat_id:${String(message.chat_id)}`),
      message.is_group === true && message.chat_guid !== undefined ? canonical(message.chat_guid) : null,
    ].filter((key) => key !== null);
    // A group whose members are not told has nobody we could vouch for.
    const told = message.is_group === true ? (message.participants ?? []) : [message.sender ?? ''];
    const members = told.length === 0 ? [] : [message.sender ?? '', ...told];
    const people = members.map((person) => canonical(person) ?? person);
    const sender = canonical(message.sender ?? '');
    this.#heardFrom([...keys, ...(sender === null ? [] : [sender])]);
    if (keys.length === 0) return;
    this.#book.remember({
      keys,
      people: [...new Set(people)].filter((person) => person !== '').slice(0, 200),
      openedAt: this.#now(),
    });
  }

  isOpen(key: string, now: number): boolean {
    return this.#book.isOpen(key, now);
  }

  hasWritten(person: string, now: number): boolean {
    return this.#book.hasWritten(person, now);
  }

  /** What else a conversation is called and who is in it, canonical; empty when nobody can tell. */
  async behind(key: string): Promise<ConversationFacts> {
    const known = this.#book.find(key);
    if (known !== null) return { aliases: known.keys, people: known.people };
    if (!key.startsWith('chat_id:')) return nothingKnown;
    const facts = await this.#lookUp(key.slice('chat_id:'.length));
    if (facts === null) return nothingKnown;
    const guid = facts.guid === null ? null : canonical(facts.guid);
    const group = guid?.startsWith('group:') === true;
    const people =
      group || guid === null ? facts.people.map((person) => canonical(person) ?? person) : [guid];
    const keys = group ? [key, guid] : [key];
    this.#book.remember({ keys, people: people.slice(0, 200), openedAt: null });
    return { aliases: keys, people };
  }
}

export interface ConversationFacts {
  readonly aliases: readonly string[];
  readonly people: readonly string[];
}

const nothingKnown: ConversationFacts = { aliases: [], people: [] };

function canonical(text: string): string | null {
  return addressKey(text, { channel: 'imessage', region: imsgRegion });
}
