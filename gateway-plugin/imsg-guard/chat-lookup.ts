/** Asks the real imsg who is in a chat. Every time: people come and go, and an older answer would vouch for them. */
import { execFile } from 'node:child_process';
import { z } from 'zod';

const lookupDeadlineMs = 5_000;
const answerMaxBytes = 16 * 1024 * 1024;
const mostChats = 10_000;

const chatAnswer = z.object({
  id: z.int().positive(),
  guid: z.string().optional(),
  chat_guid: z.string().optional(),
  identifier: z.string().optional(),
  participants: z.array(z.string()).optional(),
});

export interface ChatFacts {
  readonly row: string;
  readonly guid: string | null;
  readonly identifier: string | null;
  /** Without the owner. */
  readonly people: readonly string[];
}

export interface ChatSource {
  /** null when imsg does not know the chat, does not answer in time or answers something else. */
  readonly row: (row: string) => Promise<ChatFacts | null>;
  /** Every chat it knows, perhaps without the people; none when it does not answer. */
  readonly all: () => Promise<readonly ChatFacts[]>;
}

/** @param run imsg with these arguments; what it printed, or null when it failed */
export function chatSource(run: (args: readonly string[]) => Promise<string | null>): ChatSource {
  return {
    row: async (row) => {
      const facts = readAnswers(await run(['group', '--chat-id', row, '--json'])).at(-1);
      return facts?.row === row ? facts : null;
    },
    all: async () => readAnswers(await run(['chats', '--limit', String(mostChats), '--json'])),
  };
}

/** @param env of imsg */
export function askImsg(
  imsg: string,
  database: string | null,
  env: NodeJS.ProcessEnv,
): (args: readonly string[]) => Promise<string | null> {
  const suffix = database === null ? [] : ['--db', database];
  return async (args) =>
    await new Promise((resolve) => {
      const child = execFile(
        imsg,
        [...args, ...suffix],
        { timeout: lookupDeadlineMs, maxBuffer: answerMaxBytes, killSignal: 'SIGKILL', env, cwd: '/' },
        (error, stdout) => {
          resolve(error === null ? stdout : null);
        },
      );
      child.stdin?.on('error', () => undefined);
      child.stdin?.end();
    });
}

function readAnswers(output: string | null): readonly ChatFacts[] {
  return (output ?? '').split('\n').flatMap((line) => {
    try {
      const answer = chatAnswer.parse(JSON.parse(line));
      const { id, guid, chat_guid: chatGuid, identifier, participants } = answer;
      const row = String(id);
      return [
        { row, guid: guid ?? chatGuid ?? null, identifier: identifier ?? null, people: participants ?? [] },
      ];
    } catch {
      return [];
    }
  });
}
