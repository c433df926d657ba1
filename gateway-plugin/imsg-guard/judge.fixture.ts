/** One transport guard's judge on a folder of its own, with scripted answers about unknown chats. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { rememberContacts } from '../store/contacts.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import type { ChatFacts } from './chat-lookup.ts';
import { Conversations } from './conversations.ts';
import { imessageChannel, Judge } from './judge.ts';
import type { Recipient, SendRequest } from './send-request.ts';

export const now = 1_800_000_000_000;
export const friend = '+15551230001';
export const stranger = '+15551230099';
export const denied = '+15551230009';

export interface JudgeBench {
  readonly files: GuardFiles;
  readonly judge: Judge;
  readonly conversations: Conversations;
  /** Chats imsg knows; filled by the test. */
  readonly chats: Map<string, ChatFacts>;
  /** Chats imsg was asked about. */
  readonly lookups: readonly string[];
  setPolicy(change?: Partial<Policy>): void;
  outcome(request: SendRequest): Promise<string>;
  remove(): void;
}

export function createJudgeBench(): JudgeBench {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-judge-'));
  const files = guardFiles(root);
  const chats = new Map<string, ChatFacts>();
  const lookups: string[] = [];
  const lookUp = (chatId: string): Promise<ChatFacts | null> => {
    lookups.push(chatId);
    return Promise.resolve(chats.get(chatId) ?? null);
  };
  const conversations = new Conversations({
    book: new ConversationBook(join(root, 'book.json')),
    lookUp,
    heardFrom: (keys) => {
      rememberContacts(files, imessageChannel, keys);
    },
    now: () => now,
  });
  const judge = new Judge({
    files,
    account: 'default',
    conversations,
    askedBy: () => '42 openclaw message send',
    now: () => now,
    warn: () => undefined,
  });
  return {
    files,
    judge,
    conversations,
    chats,
    lookups,
    setPolicy: (change = {}) => {
      const state = readPolicyState(files);
      const revision = state.status === 'ready' ? state.policy.revision : 0;
      const policy = { ...emptyPolicy, region: 'US', accounts: [account], ...change };
      const updated = updatePolicy(files, revision, () => policy);
      if (!updated.ok) throw new Error(`The test policy was not taken: ${JSON.stringify(updated.error)}`);
    },
    outcome: async (request) => (await judge.judge(request)).outcome,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const account = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask' as const,
  pairingReply: 'send' as const,
  allowTo: [{ to: friend, until: null, note: '' }],
  denyTo: [{ to: denied, note: '' }],
};

export function person(to: string): Recipient {
  return { to, conversation: false };
}

export function textTo(recipients: readonly Recipient[], text = 'hi'): SendRequest {
  return { action: 'text', recipients, text, files: [], content: text, region: 'US' };
}

/** imsg's notice of a message. */
export function notice(message: object): Buffer {
  return Buffer.from(`${JSON.stringify({ method: 'message', params: { message } })}\n`);
}
