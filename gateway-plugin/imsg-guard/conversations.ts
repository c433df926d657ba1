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

export class Conversations {
  readonly #book: ConversationBook;
  readonly #lookUp: (chatId: string) => Promise<ChatFacts | null>;
  readonly #now: () => number;

  constructor(
    book: ConversationBook,
    lookUp: (chatId: string) => Promise<ChatFacts | null>,
    now: () => number,
  ) {
    this.#book = book;
    this.#lookUp = lookUp;
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
    const members = message.is_group === true ? (message.participants ?? []) : [];
    const people = [message.sender ?? '', ...members].map((person) => canonical(person) ?? person);
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

  /** Canonical people behind a conversation; empty when nobody can tell. */
  async peopleIn(key: string): Promise<readonly string[]> {
    const known = this.#book.find(key);
    if (known !== null) return known.people;
    if (!key.startsWith('chat_id:')) return [];
    const facts = await this.#lookUp(key.slice('chat_id:'.length));
    if (facts === null) return [];
    const behind = facts.guid === null ? null : canonical(facts.guid);
    const members = facts.people.map((person) => canonical(person) ?? person);
    const direct = behind !== null && !behind.startsWith('group:') ? behind : null;
    const people = direct === null ? members : [direct];
    const keys = behind !== null && direct === null ? [key, behind] : [key];
    if (people.length > 0) this.#book.remember({ keys, people: people.slice(0, 200), openedAt: null });
    return people;
  }
}

function canonical(text: string): string | null {
  return addressKey(text, { channel: 'imessage', region: imsgRegion });
}
