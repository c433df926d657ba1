/**
 * Who wrote to this account, whoever the gateway then lets in. It opens no conversation: only the gateway's own fixed
 * answers to strangers go out by it, each once for every message.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { personKey } from '../../electron/contract/guard/address.ts';
import type { ConversationBook } from '../store/conversations.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { createOnce } from '../store/private-file.ts';
import { sha256 } from '../store/sha256.ts';

const messageNotice = z.object({
  method: z.literal('message'),
  params: z.object({
    message: z.object({
      chat_id: z.number().optional(),
      chat_guid: z.string().optional(),
      sender: z.string().optional(),
      is_from_me: z.boolean(),
    }),
  }),
});

export interface KnockParts {
  readonly files: GuardFiles;
  readonly book: ConversationBook;
  /** Somebody wrote: the canonical addresses of the conversation and of the person. */
  readonly heardFrom: (keys: readonly string[]) => void;
  readonly now: () => number;
}

export class Knocks {
  readonly #parts: KnockParts;

  constructor(parts: KnockParts) {
    this.#parts = parts;
  }

  /** A line from imsg. */
  observe(line: Buffer): void {
    if (!line.includes('"message"')) return;
    let notice: z.infer<typeof messageNotice>;
    try {
      notice = messageNotice.parse(JSON.parse(line.toString('utf8')));
    } catch {
      return; // not a message notice
    }
    const { message } = notice.params;
    if (message.is_from_me) return;
    const sender = canonical(message.sender ?? '');
    const places = [
      message.chat_id === undefined ? null : `chat_id:${String(message.chat_id)}`,
      message.chat_guid === undefined ? null : canonical(message.chat_guid),
    ];
    const keys = [...places, sender].filter((key) => key !== null);
    this.#parts.heardFrom([...new Set(keys)]);
    if (sender === null) return;
    this.#parts.book.remember({ keys: [sender], people: [sender], openedAt: this.#parts.now() });
  }

  /**
   * Uses up one of the answers a person gets for having written.
   * @returns false when they did not write lately, or have had this answer
   */
  answer(person: string, what: 'pairing' | 'approved'): boolean {
    const { book, files, now } = this.#parts;
    if (!book.isOpen(person, now())) return false;
    const knock = `${what} ${person} ${String(book.find(person)?.openedAt)}`;
    const name = `knock-${sha256(knock)}`;
    return createOnce(join(files.claims, name), '');
  }
}

function canonical(text: string): string | null {
  return personKey(text, { channel: 'imessage', region: null });
}
