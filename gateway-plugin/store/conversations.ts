/** Who is behind a conversation, and whether a person in it wrote to us: kept so that a reply stays a reply after a
 * restart. */
import { z } from 'zod';
import { readText, replaceText } from './private-file.ts';

/** Later than this, a message into an old conversation is no answer any more and needs a rule of its own. */
export const replyWindowMs = 7 * 24 * 60 * 60 * 1000;
const remembered = 500;

const conversationSchema = z.strictObject({
  /** Canonical addresses this conversation goes by, e.g. `chat_id:11` and `group:chat77`. */
  keys: z.array(z.string().max(400)).min(1).max(10),
  people: z.array(z.string().max(400)).max(200),
  /** Epoch ms of the last message from a person; null: only looked up. */
  openedAt: z.number().nullable(),
});
export type Conversation = Readonly<z.infer<typeof conversationSchema>>;

const fileSchema = z.strictObject({ version: z.literal(1), conversations: z.array(conversationSchema) });

export class ConversationBook {
  readonly #path: string;

  /** A missing or damaged file is an empty book: replies then need a rule until the person writes again. */
  constructor(path: string) {
    this.#path = path;
  }

  find(key: string): Conversation | null {
    return this.#all().find((entry) => entry.keys.includes(key)) ?? null;
  }

  isOpen(key: string, now: number): boolean {
    return isWithinWindow(this.find(key)?.openedAt ?? null, now);
  }

  /** Has this person written to us, in whatever one-to-one conversation? */
  hasWritten(person: string, now: number): boolean {
    return this.#all().some(
      (entry) =>
        entry.people.length === 1 && entry.people[0] === person && isWithinWindow(entry.openedAt, now),
    );
  }

  remember(conversation: Conversation): void {
    const all = this.#all();
    const same = (entry: Conversation): boolean => entry.keys.some((key) => conversation.keys.includes(key));
    const openedAt = conversation.openedAt ?? all.find(same)?.openedAt ?? null;
    const known = [{ ...conversation, openedAt }, ...all.filter((entry) => !same(entry))].slice(
      0,
      remembered,
    );
    replaceText(this.#path, `${JSON.stringify({ version: 1, conversations: known })}\n`);
  }

  /** Read every time: several processes, and several instances in one of them, keep the same book. */
  #all(): readonly Conversation[] {
    return load(this.#path);
  }
}

/** One from the future was not written by us, or the clock was set back: it opens nothing. */
function isWithinWindow(openedAt: number | null, now: number): boolean {
  if (openedAt === null) return false;
  const age = now - openedAt;
  return age >= 0 && age < replyWindowMs;
}

function load(path: string): readonly Conversation[] {
  try {
    const text = readText(path);
    return text === null ? [] : fileSchema.parse(JSON.parse(text)).conversations;
  } catch {
    return [];
  }
}
