/** The tester's end of the scripted imsg: puts messages in, reads what the gateway sent out. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from './wait-until.ts';

export interface SentMessage {
  readonly text: string;
  /** The number or address, when the gateway named one. */
  readonly to: string | null;
  /** The chat, when the gateway answered into one. */
  readonly chatId: number | null;
  /** ISO time. */
  readonly at: string;
}

export interface ScriptedMessages {
  /** `sender` writes to the assistant; delivered as soon as the channel watches. @returns the chat's number */
  receive(sender: string, text: string, chatId?: number): Promise<number>;
  /** Everything sent so far, oldest first. */
  sent(): Promise<readonly SentMessage[]>;
  /** @throws Error at the deadline (default 20 s) */
  waitForSent(matches: (message: SentMessage) => boolean, deadlineMs?: number): Promise<SentMessage>;
  /** Messages addressed to this sender, directly or into their chat. */
  isFor(sender: string, message: SentMessage): boolean;
  /** How often the channel has started watching; grows with every (re)start of the channel. */
  watches(): Promise<number>;
}

interface LogLine {
  readonly at: string;
  readonly method?: string;
  readonly params?: { readonly text?: string; readonly to?: string; readonly chat_id?: number };
}

export function createScriptedMessages(dir: string): ScriptedMessages {
  const inbox = join(dir, 'inbox');
  const chats = new Map<string, number>();

  async function log(): Promise<readonly LogLine[]> {
    const text = await readFile(join(dir, 'log.jsonl'), 'utf8').catch(() => '');
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    return complete
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  async function sent(): Promise<readonly SentMessage[]> {
    return (await log())
      .filter((line) => line.method === 'send')
      .map(({ at, params }) => ({
        text: params?.text ?? '',
        to: params?.to ?? null,
        chatId: params?.chat_id ?? null,
        at,
      }));
  }

  return {
    async receive(sender, text, chatId) {
      const chat = chatId ?? chats.get(sender) ?? chats.size + 1;
      chats.set(sender, chat);
      await mkdir(inbox, { recursive: true });
      // Written under a name the reader ignores, so that it never sees half a message.
      const name = `${Date.now().toString().padStart(15, '0')}-${randomUUID()}`;
      await writeFile(join(inbox, name), JSON.stringify({ sender, text, chat_id: chat }));
      await rename(join(inbox, name), join(inbox, `${name}.json`));
      return chat;
    },
    sent,
    waitForSent: (matches, deadlineMs = 20_000) =>
      waitUntil('The expected message', async () => (await sent()).find(matches), deadlineMs),
    isFor: (sender, message) =>
      message.to === sender || (message.chatId !== null && message.chatId === chats.get(sender)),
    watches: async () => (await log()).filter((line) => line.method === 'watch.subscribe').length,
  };
}
