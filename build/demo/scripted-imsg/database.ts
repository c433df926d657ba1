/**
 * A Messages database: lines of JSON, each `{"chat":…}` or `{"message":…}`. Only ever appended to, so that several
 * processes can write; a later row replaces an earlier one of the same chat. The number of a line is the message's row.
 */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Chat {
  readonly id: number;
  readonly identifier: string;
  readonly guid: string;
  readonly name?: string;
  readonly service: 'iMessage' | 'SMS';
  /** The people the database joins to the chat; Messages itself may know others. */
  readonly participants: readonly string[];
  /** Who really is in it, where that differs. */
  readonly members?: readonly string[];
}

export interface Message {
  readonly guid: string;
  readonly chat_id: number;
  readonly is_from_me: boolean;
  readonly sender?: string;
  readonly text?: string;
  readonly created_at?: string;
  readonly is_reaction?: boolean;
  readonly poll?: { readonly options: readonly { readonly id: string; readonly text: string }[] };
  /** Whatever else a notification about it says. */
  readonly [more: string]: unknown;
}

export interface StoredMessage {
  readonly row: number;
  readonly message: Message;
}

type Line = { readonly chat: Chat } | { readonly message: Message };

const lineFeed = 0x0a;
/** Rows below belong to nobody, so that a row is never mistaken for a chat. */
const firstRow = 1001;

export class Database {
  readonly path: string;
  readonly #chats = new Map<number, Chat>();
  readonly #messages: StoredMessage[] = [];
  #read = 0;
  #lines = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Catches up with what was appended since. @returns false when the file cannot be read */
  refresh(): boolean {
    let file: number;
    try {
      file = openSync(this.path, 'r');
    } catch {
      return false;
    }
    try {
      const news = Buffer.alloc(Math.max(0, fstatSync(file).size - this.#read));
      const length = readSync(file, news, 0, news.length, this.#read);
      const complete = news.subarray(0, news.subarray(0, length).lastIndexOf(lineFeed) + 1);
      this.#read += complete.length;
      for (const line of complete.toString('utf8').split('\n').slice(0, -1)) this.#take(line);
      return true;
    } finally {
      closeSync(file);
    }
  }

  /** The one with the newest message first, as imsg lists them. */
  chats(): readonly Chat[] {
    const newest = (chat: Chat): number =>
      this.#messages.findLast(({ message }) => message.chat_id === chat.id)?.row ?? 0;
    return [...this.#chats.values()].sort((a, b) => newest(b) - newest(a) || a.id - b.id);
  }

  chat(id: number): Chat | null {
    return this.#chats.get(id) ?? null;
  }

  messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  /** @returns the row of a message, 0 of a chat */
  append(line: Line): number {
    mkdirSync(dirname(this.path), { recursive: true });
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    this.refresh();
    if (!('message' in line)) return 0;
    return this.#messages.findLast(({ message }) => message.guid === line.message.guid)?.row ?? 0;
  }

  #take(text: string): void {
    const row = firstRow + this.#lines;
    this.#lines += 1;
    if (text === '') return;
    const line = JSON.parse(text) as Line;
    if ('chat' in line) this.#chats.set(line.chat.id, line.chat);
    else this.#messages.push({ row, message: line.message });
  }
}
