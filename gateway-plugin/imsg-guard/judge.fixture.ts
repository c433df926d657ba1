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
import type { ChatFacts, ChatSource } from './chat-lookup.ts';
import { Judge } from './judge.ts';
import { Knocks } from './knocks.ts';
import { imessageChannel, Places } from './places.ts';
import { personRecipient } from './send-request.ts';
import type { Recipient, SendRequest } from './send-request.ts';

export const now = 1_800_000_000_000;
export const friend = '+15551230001';
export const stranger = '+15551230099';
export const denied = '+15551230009';

export interface JudgeBench {
  readonly files: GuardFiles;
  readonly judge: Judge;
  readonly knocks: Knocks;
  /** Who the plugin let in. */
  readonly letIn: ConversationBook;
  /** Chats imsg knows by row; filled by the test. */
  readonly chats: Map<string, Omit<ChatFacts, 'row'>>;
  /** Rows imsg was asked about. */
  readonly lookups: readonly string[];
  setPolicy(change?: Partial<Policy>): void;
  outcome(request: SendRequest): Promise<string>;
  remove(): void;
}

/** @param source of chats, instead of the ones the test fills in */
export function createJudgeBench(source?: ChatSource): JudgeBench {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-judge-'));
  const files = guardFiles(root);
  const chats: JudgeBench['chats'] = new Map();
  const lookups: string[] = [];
  const known: ChatSource = {
    row: (row) => {
      lookups.push(row);
      const facts = chats.get(row);
      return Promise.resolve(facts === undefined ? null : { row, ...facts });
    },
    all: () => Promise.resolve([...chats].map(([row, facts]) => ({ row, ...facts, people: [] }))),
  };
  const knocks = new Knocks({
    files,
    book: new ConversationBook(join(root, 'knocks.json')),
    heardFrom: (keys) => {
      rememberContacts(files, imessageChannel, keys);
    },
    now: () => now,
  });
  const letIn = new ConversationBook(files.conversations);
  const judge = new Judge({
    files,
    account: 'default',
    service: 'auto',
    places: new Places(source ?? known, () => now),
    knocks,
    letIn,
    askedBy: () => '42 openclaw message send',
    now: () => now,
    warn: () => undefined,
  });
  return {
    files,
    judge,
    knocks,
    letIn,
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

export const person = personRecipient;

export function textTo(recipients: readonly Recipient[], text = 'hi'): SendRequest {
  const how = { words: [], files: [], region: 'US', sign: false };
  return { ...how, action: 'text', recipients, texts: [text], shown: text, content: text };
}

/** The people and the group of a chat with these names. */
export function chat(guid: string, people: readonly string[]): Omit<ChatFacts, 'row'> {
  return { guid, identifier: guid.split(';').at(-1) ?? guid, people };
}

/** imsg's notice of a message. */
export function notice(message: object): Buffer {
  return Buffer.from(`${JSON.stringify({ method: 'message', params: { message } })}\n`);
}
