import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nationalNumber, spellingsOf } from '../../electron/contract/guard/address-spellings.arbitrary.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { issueTicket, lettersOf } from '../store/tickets.ts';
import type { ChatFacts } from './chat-lookup.ts';
import { Conversations } from './conversations.ts';
import { Judge } from './judge.ts';
import { chatRecipient } from './send-request.ts';
import type { Recipient, SendRequest } from './send-request.ts';

const now = 1_800_000_000_000;
const friend = '+15551230001';
const stranger = '+15551230099';

let root: string;
let files: GuardFiles;
let conversations: Conversations;
let judge: Judge;
let lookups: string[];
let chats: Record<string, ChatFacts>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-judge-'));
  files = guardFiles(root);
  lookups = [];
  chats = {};
  const lookUp = (chatId: string): Promise<ChatFacts | null> => {
    lookups.push(chatId);
    return Promise.resolve(chats[chatId] ?? null);
  };
  conversations = new Conversations(new ConversationBook(join(root, 'book.json')), lookUp, () => now);
  judge = new Judge({
    files,
    account: 'default',
    conversations,
    askedBy: () => '42 openclaw message send',
    now: () => now,
    warn: () => undefined,
  });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function setPolicy(change: Partial<Policy> = {}): void {
  const account = {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask' as const,
    pairingReply: 'send' as const,
    allowTo: [{ to: friend, until: null, note: '' }],
    denyTo: [{ to: '+15551230009', note: '' }],
  };
  const state = readPolicyState(files);
  const revision = state.status === 'ready' ? state.policy.revision : 0;
  const policy = { ...emptyPolicy, region: 'US', accounts: [account], ...change };
  expect(updatePolicy(files, revision, () => policy, now)).toMatchObject({ ok: true });
}

const person = (to: string): Recipient => ({ to, conversation: false });
const textTo = (recipients: readonly Recipient[], text = 'hi'): SendRequest => ({
  action: 'text',
  recipients,
  text,
  files: [],
  content: text,
  region: 'US',
});
const outcome = async (request: SendRequest): Promise<string> => (await judge.judge(request)).outcome;
const notice = (message: object): Buffer =>
  Buffer.from(`${JSON.stringify({ method: 'message', params: { message } })}\n`);

describe('without a policy', () => {
  it('everything passes, even what cannot be read, and nobody is looked up', async () => {
    expect(await outcome(textTo([person(stranger)]))).toBe('pass');
    expect(await outcome(textTo([]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '7')]))).toBe('pass');
    expect(lookups).toEqual([]);
  });
});

describe('with a policy', () => {
  it('refuses an unlisted recipient with a reason, and writes the message down privately', async () => {
    setPolicy();
    expect(await judge.judge(textTo([person(stranger)], 'business secrets'))).toEqual({
      outcome: 'refuse',
      message:
        'Message stopped by the Portcullis send guard: the recipient is not a valid one now. This recipient is not on the allowlist; the owner is asked. Do not try again.',
    });
    const { sends } = readSpool(files);
    expect(sends).toMatchObject([
      {
        layer: 'imsg-guard',
        state: 'refused',
        account: 'default',
        action: 'text',
        targets: [{ to: stranger, key: stranger, people: [] }],
        text: 'business secrets',
        textComplete: true,
        cause: { process: '42 openclaw message send' },
        rule: 'unlisted',
        attempts: 1,
      },
    ]);
    expect(statSync(join(files.spool, `${sends[0]?.id ?? ''}.json`)).mode & 0o777).toBe(0o600);
    expect(statSync(files.spool).mode & 0o777).toBe(0o700);
  });

  it('counts the same message tried again instead of piling it up', async () => {
    setPolicy();
    for (let attempt = 0; attempt < 3; attempt += 1) await judge.judge(textTo([person(stranger)]));
    await judge.judge(textTo([person(stranger)], 'another'));
    expect(readSpool(files).sends.map((send) => [send.text, send.attempts])).toEqual(
      expect.arrayContaining([
        ['hi', 3],
        ['another', 1],
      ]),
    );
    expect(readSpool(files).sends).toHaveLength(2);
  });

  it.each<[string, readonly Recipient[], string]>([
    ['a listed person', [person(friend)], 'pass'],
    ['a listed person as a chat guid', [chatRecipient('text', `iMessage;-;${friend}`)], 'pass'],
    ['a denied person', [person('+15551230009')], 'refuse'],
    ['a listed and an unlisted person', [person(friend), person(stranger)], 'refuse'],
    ['a name only Contacts could resolve', [person('Mom')], 'refuse'],
    ['nobody readable', [], 'refuse'],
  ])('to %s: %s', async (_who, recipients, expected) => {
    setPolicy();
    expect(await outcome(textTo(recipients))).toBe(expected);
  });

  it('reads national numbers in the country imsg will use, not in the owner’s', async () => {
    setPolicy({ region: 'AT' });
    expect(await outcome(textTo([person('555 123 0001')]))).toBe('pass');
    expect(await outcome({ ...textTo([person('555 123 0001')]), region: 'AT' })).toBe('refuse');
  });

  it('is the policy’s decision for every spelling of every recipient', async () => {
    setPolicy();
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom('5551230001', '5551230009', null)
          .chain((known) => (known === null ? nationalNumber : fc.constant(known)))
          .chain((national) => fc.tuple(fc.constant(national), spellingsOf(national))),
        async ([national, spelling]) => {
          const target = { to: `+1${national}`, aliases: [], people: [], opened: false };
          const content = 'hi';
          const send = {
            channel: 'imessage',
            account: 'default',
            region: null,
            targets: [target],
            textSha256: createHash('sha256').update(content).digest('hex'),
            media: false,
          };
          const { verdict } = decide(readPolicyState(files), send, now);
          expect(await outcome(textTo([person(spelling)], content))).toBe(
            verdict === 'allow' ? 'pass' : 'refuse',
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a conversation', () => {
  it('is answered when the person in it wrote first', async () => {
    setPolicy();
    conversations.observe(notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false }));
    expect(await outcome(textTo([chatRecipient('id', '11')]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('text', `any;-;${stranger}`)]))).toBe('pass');
    expect(await outcome(textTo([person(stranger)]))).toBe('refuse');
    expect(lookups).toEqual([]);
  });

  it('is not opened by our own messages', async () => {
    setPolicy();
    conversations.observe(notice({ chat_id: 11, sender: stranger, is_from_me: true, is_group: false }));
    expect(await outcome(textTo([chatRecipient('id', '11')]))).toBe('refuse');
  });

  it('is not answered when the person is denied', async () => {
    setPolicy();
    conversations.observe(
      notice({ chat_id: 12, sender: '+15551230009', is_from_me: false, is_group: false }),
    );
    expect(await outcome(textTo([chatRecipient('id', '12')]))).toBe('refuse');
  });

  it('that only has a number is looked up once', async () => {
    setPolicy();
    chats = {
      '4': { guid: `iMessage;-;${friend}`, people: [friend] },
      '5': { guid: `SMS;-;${stranger}`, people: [stranger] },
    };
    expect(await outcome(textTo([chatRecipient('id', '4')]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '4')]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '5')]))).toBe('refuse');
    expect(await outcome(textTo([chatRecipient('id', '6')]))).toBe('refuse');
    expect(lookups).toEqual(['4', '5', '6']);
  });

  it('of a group needs everybody in it, or the group, to be listed', async () => {
    setPolicy();
    chats = {
      '7': { guid: 'iMessage;+;chat700', people: [friend, stranger] },
      '8': { guid: 'iMessage;+;chat800', people: [friend] },
      '9': { guid: 'iMessage;+;chat900', people: [friend, '+15551230009'] },
    };
    expect(await outcome(textTo([chatRecipient('id', '7')]))).toBe('refuse');
    expect(await outcome(textTo([chatRecipient('id', '8')]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '9')]))).toBe('refuse');
    const account = readPolicyState(files);
    if (account.status !== 'ready') throw new Error('no policy');
    const groups = ['group:chat700', 'group:chat900'].map((to) => ({ to, until: null, note: '' }));
    setPolicy({ accounts: account.policy.accounts.map((entry) => ({ ...entry, allowTo: groups })) });
    expect(await outcome(textTo([chatRecipient('id', '7')]))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '9')]))).toBe('refuse');
  });
});

describe('the gateway’s answer to a stranger', () => {
  const reply =
    'OpenClaw: access not configured.\n\nYour iMessage sender id: +15551230099\nPairing code:\n\nCLRM9AU7\n\nAsk the bot owner to approve with:\n\nopenclaw pairing approve imessage CLRM9AU7\n';
  const toStranger = (): SendRequest => textTo([chatRecipient('id', '11')], reply);
  const account = (pairingReply: 'send' | 'silent'): Partial<Policy> => ({
    accounts: [
      { channel: 'imessage', account: 'default', unlisted: 'ask', pairingReply, allowTo: [], denyTo: [] },
    ],
  });
  const opened = notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false });

  it('is sent while the owner wants it', async () => {
    setPolicy(account('send'));
    conversations.observe(opened);
    expect(await outcome(toStranger())).toBe('pass');
  });

  it('is swallowed in silent mode, and leaves nothing to be sent later', async () => {
    setPolicy(account('silent'));
    conversations.observe(opened);
    expect(await outcome(toStranger())).toBe('swallow');
    expect(readSpool(files).sends).toEqual([]);
  });

  it('is the only text silence swallows', async () => {
    setPolicy(account('silent'));
    conversations.observe(opened);
    expect(await outcome(textTo([chatRecipient('id', '11')], `${reply}\nand more`))).toBe('pass');
    expect(await outcome(textTo([chatRecipient('id', '11')], 'hello'))).toBe('pass');
  });

  it('is followed by the notice that the owner approved', async () => {
    setPolicy(account('silent'));
    const approved = '✅ OpenClaw access approved. Send a message to start chatting.';
    expect(await outcome(textTo([person(stranger)], approved))).toBe('refuse');
    conversations.observe(opened);
    expect(await outcome(textTo([person(stranger)], approved))).toBe('pass');
    expect(await outcome(textTo([person(stranger)], `${approved} PS: secrets`))).toBe('refuse');
  });
});

describe('once', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('a one-time allowance lets its text through a single time', async () => {
    const once = {
      id: 'allowance-1',
      channel: 'imessage',
      account: 'default',
      to: stranger,
      textSha256: sha('hi'),
      media: false,
      expiresAt: now + 1,
    };
    setPolicy({ oneTime: [once] });
    expect(await outcome(textTo([person(stranger)], 'other'))).toBe('refuse');
    const tries = await Promise.all(Array.from({ length: 5 }, () => outcome(textTo([person(stranger)]))));
    expect(tries.filter((result) => result === 'pass')).toHaveLength(1);
  });

  const ticket = {
    channel: 'imessage',
    account: null,
    keys: [stranger],
    letters: lettersOf('**First** part. And the second part!'),
    actions: null,
    media: 1,
    expiresAt: now + 1000,
  };

  it('what the plugin let through passes here in its pieces, each a single time', async () => {
    setPolicy();
    issueTicket(files, ticket, now);
    const file = {
      ...textTo([person(stranger)], ''),
      action: 'send-attachment',
      files: ['/x.jpg'],
      content: 'x',
    };
    expect(await outcome(textTo([person(stranger)], 'First part.'))).toBe('pass');
    expect(await outcome(textTo([person(stranger)], 'First part.'))).toBe('refuse');
    expect(await outcome(textTo([person(stranger)], 'And the second part!'))).toBe('pass');
    expect(await outcome(file)).toBe('pass');
    expect(await outcome(file)).toBe('refuse');
    expect(await outcome(textTo([person(stranger)], 'something else'))).toBe('refuse');
    expect(await outcome(textTo([person('+15551230098')], 'First part.'))).toBe('refuse');
  });

  it('a ticket ends, and helps nobody who is denied', async () => {
    setPolicy();
    issueTicket(files, { ...ticket, expiresAt: now }, now - 1);
    issueTicket(files, { ...ticket, keys: ['+15551230009'] }, now - 1);
    expect(await outcome(textTo([person(stranger)], 'First part.'))).toBe('refuse');
    expect(await outcome(textTo([person('+15551230009')], 'First part.'))).toBe('refuse');
  });

  it('a ticket for a reaction is for that reaction only', async () => {
    setPolicy();
    issueTicket(files, { ...ticket, letters: '', actions: ['tapback'], media: 0 }, now);
    const tapback = { ...textTo([chatRecipient('text', `any;-;${stranger}`)], 'love'), action: 'tapback' };
    expect(await outcome(textTo([person(stranger)], 'love'))).toBe('refuse');
    expect(await outcome(tapback)).toBe('pass');
    expect(await outcome(tapback)).toBe('refuse');
  });
});

describe('when something is broken', () => {
  it('a cut-off policy lets only listed people be written to, and no reply out', async () => {
    setPolicy();
    conversations.observe(notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false }));
    const text = readFileSync(files.policy, 'utf8');
    for (const length of [0, 1, Math.floor(text.length / 2), text.length - 3]) {
      writeFileSync(files.policy, text.slice(0, length));
      expect(await outcome(textTo([person(friend)]))).toBe('pass');
      expect(await outcome(textTo([person(stranger)]))).toBe('refuse');
      expect(await outcome(textTo([chatRecipient('id', '11')]))).toBe('refuse');
    }
  });

  it('a policy that was deleted counts as unreadable, not as none', async () => {
    setPolicy();
    rmSync(files.policy);
    expect(await outcome(textTo([person(friend)]))).toBe('pass');
    expect(await outcome(textTo([person(stranger)]))).toBe('refuse');
  });

  it('a policy and its copy both damaged let nothing out', async () => {
    setPolicy();
    writeFileSync(files.policy, '{');
    writeFileSync(files.lastGood, '{');
    expect(await outcome(textTo([person(friend)]))).toBe('refuse');
  });

  it('a spool that cannot be written to still means refused', async () => {
    setPolicy();
    rmSync(files.spool, { recursive: true, force: true });
    writeFileSync(files.spool, 'not a folder');
    expect(await outcome(textTo([person(stranger)]))).toBe('refuse');
  });
});
