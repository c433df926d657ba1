/** The tester's end of the scripted imsg: puts messages in, reads what the gateway sent out. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from './scripted-imsg/delivery-log.ts';
import { waitUntil } from './wait-until.ts';

export interface SentMessage {
  /** '' for what has none, a file for one. */
  readonly text: string;
  /** text, file, reply, reaction, poll, …: one entry for each thing people see. */
  readonly kind: string;
  /** Whom it really reached. */
  readonly recipients: readonly string[];
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
  /** Everything sent so far, oldest first; typing and read receipts are no messages. */
  sent(): Promise<readonly SentMessage[]>;
  /** Everything that reached anybody, receipts and typing too. */
  deliveries(): Promise<readonly Delivery[]>;
  /** @throws Error at the deadline (default 20 s) */
  waitForSent(matches: (message: SentMessage) => boolean, deadlineMs?: number): Promise<SentMessage>;
  /** Did it reach this sender, directly or in a chat? */
  isFor(sender: string, message: SentMessage): boolean;
  /** How often the channel has started watching; grows with every (re)start of the channel. */
  watches(): Promise<number>;
}

interface LogLine {
  readonly at: string;
  readonly asked?: { readonly method?: string };
  readonly delivered?: Delivery;
}

const receipts: ReadonlySet<string> = new Set(['typing', 'read']);

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
    return (await log()).flatMap(({ at, delivered }) =>
      delivered === undefined || receipts.has(delivered.kind)
        ? []
        : [
            {
              text: delivered.text ?? '',
              kind: delivered.kind,
              recipients: delivered.recipients,
              to: delivered.named?.to ?? null,
              chatId: delivered.named?.chatId ?? null,
              at,
            },
          ],
    );
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
    deliveries: async () =>
      (await log()).flatMap(({ delivered }) => (delivered === undefined ? [] : [delivered])),
    isFor: (sender, message) => message.recipients.includes(sender),
    watches: async () => (await log()).filter(({ asked }) => asked?.method === 'watch.subscribe').length,
  };
}
