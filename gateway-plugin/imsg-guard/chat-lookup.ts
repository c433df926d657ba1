/** Asks the real imsg who is in a conversation it only named by number. */
import { execFile } from 'node:child_process';
import { z } from 'zod';

const lookupDeadlineMs = 5_000;
const answerMaxBytes = 1024 * 1024;

const groupAnswer = z.object({
  guid: z.string().optional(),
  chat_guid: z.string().optional(),
  identifier: z.string().optional(),
  participants: z.array(z.string()).optional(),
});

export interface ChatFacts {
  readonly guid: string | null;
  readonly people: readonly string[];
}

/** null when imsg does not know the chat, does not answer in time or answers something else. */
export async function lookUpChat(
  imsg: string,
  chatId: string,
  database: string | null,
): Promise<ChatFacts | null> {
  const args = ['group', '--chat-id', chatId, ...(database === null ? [] : ['--db', database]), '--json'];
  const output = await run(imsg, args);
  return output === null ? null : readAnswer(output);
}

function readAnswer(output: string): ChatFacts | null {
  const last = output.trim().split('\n').at(-1) ?? '';
  try {
    const answer = groupAnswer.parse(JSON.parse(last));
    const guid = answer.guid ?? answer.chat_guid ?? answer.identifier ?? null;
    return { guid, people: answer.participants ?? [] };
  } catch {
    return null;
  }
}

async function run(imsg: string, args: readonly string[]): Promise<string | null> {
  return await new Promise((resolve) => {
    const options = { timeout: lookupDeadlineMs, maxBuffer: answerMaxBytes, killSignal: 'SIGKILL' } as const;
    const child = execFile(imsg, args, options, (error, stdout) => {
      resolve(error === null ? stdout : null);
    });
    child.stdin?.end();
  });
}
