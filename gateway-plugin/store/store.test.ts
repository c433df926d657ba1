import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { claimOnce, isClaimed, newAllowanceId, takeBack, wasCarriedOut } from './claims.ts';
import { contactsLimit, rememberContacts, wereContacted } from './contacts.ts';
import { ConversationBook, replyWindowMs } from './conversations.ts';
import { guardFiles } from './guard-files.ts';
import type { GuardFiles } from './guard-files.ts';
import { addToSpool, findSpooled, readSpool, removeSpooled, spoolLimit, writeSpooled } from './spool.ts';
import { expectMode } from '../../build/vitest/file-mode.fixture.ts';

const now = Date.now();
/** Fills a folder to its limit. */
const thousandsOfFiles = { timeout: 60_000 };
let root: string;
let files: GuardFiles;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-store-'));
  files = guardFiles(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const send = (id: string, change: Partial<BlockedSend> = {}): BlockedSend => ({
  version: 1,
  id,
  layer: 'imsg-guard',
  state: 'refused',
  channel: 'imessage',
  account: 'default',
  action: 'text',
  targets: [{ to: '+15551230099', key: '+15551230099', people: [] }],
  text: id,
  textComplete: true,
  textSha256: id
    .padEnd(64, '0')
    .slice(0, 64)
    .replaceAll(/[^0-9a-f]/gu, '0'),
  media: [],
  cause: { agentId: null, sessionKey: null, runId: null, process: null },
  rule: 'unlisted',
  contacted: null,
  createdAt: now,
  lastAt: now,
  attempts: 1,
  until: null,
  holder: null,
  ...change,
});

describe('the spool', () => {
  it('never takes a message without a text for the question about many, nor the other way round', () => {
    const surplus = { limit: { inAll: 20, toOne: 20 }, messages: [] };
    const one = send('0000000a', { text: '' });
    const many = send('0000000b', { text: '', textSha256: one.textSha256, rule: 'limit', surplus });
    addToSpool(files, many);
    addToSpool(files, one);
    expect(readSpool(files).sends).toEqual([one, many]);
    removeSpooled(files, many.id);
    addToSpool(files, many);
    expect(readSpool(files).sends).toEqual([one, many]);
  });

  it('keeps what was stopped, oldest first, until it is removed', () => {
    addToSpool(files, send('00000002', { createdAt: 2 }));
    addToSpool(files, send('00000001', { createdAt: 1 }));
    expect(readSpool(files).sends.map(({ id }) => id)).toEqual(['00000001', '00000002']);
    removeSpooled(files, '00000001');
    expect(findSpooled(files, '00000001')).toBeNull();
    expect(findSpooled(files, '../policy')).toBeNull();
  });

  it('leaves files it cannot read where they are, and counts them', () => {
    addToSpool(files, send('00000001'));
    writeFileSync(join(files.spool, 'damaged-1.json'), '{');
    expect(readSpool(files)).toMatchObject({ sends: [{ id: '00000001' }], unreadable: 1, overflow: 0 });
    expect(readdirSync(files.spool)).toContain('damaged-1.json');
  });

  it('counts what it has no room for, and forgets only what nobody is asked about', thousandsOfFiles, () => {
    mkdirSync(files.spool, { recursive: true });
    for (let index = 0; index < spoolLimit; index += 1) {
      const id = index.toString(16).padStart(8, '0');
      writeFileSync(join(files.spool, `${id}.json`), JSON.stringify(send(id)));
    }
    expect(addToSpool(files, send('ffffffff'))).toBeNull();
    expect(addToSpool(files, send('fffffffe'))).toBeNull();
    const { sends, overflow } = readSpool(files);
    expect([sends.length, overflow]).toEqual([spoolLimit, 2]);

    writeSpooled(files, send('00000007', { rule: 'denied' }));
    expect(addToSpool(files, send('fffffffd'))?.id).toBe('fffffffd');
    expect([findSpooled(files, '00000007'), readSpool(files).overflow]).toEqual([null, 2]);
  });
});

it('a claim is for one', () => {
  expect([
    isClaimed(files, 'x'),
    claimOnce(files, 'x'),
    claimOnce(files, 'x'),
    isClaimed(files, 'x'),
  ]).toEqual([false, true, false, true]);
});

it('a send is carried out when any of its allowances was used, not when one was taken back', () => {
  const [first, second] = [newAllowanceId('send-0001'), newAllowanceId('send-0001')];
  expect([takeBack(files, first), takeBack(files, first), claimOnce(files, first)]).toEqual([
    true,
    true,
    false,
  ]);
  expect([wasCarriedOut(files, 'send-0001'), claimOnce(files, second)]).toEqual([false, true]);
  expect([wasCarriedOut(files, 'send-0001'), takeBack(files, second)]).toEqual([true, false]);
  expect(wasCarriedOut(files, 'send-0002')).toBe(false);
});

describe('the book of contacts', () => {
  it('knows everybody who was in contact, per channel, and says when it cannot tell', () => {
    expect(wereContacted(files, 'imessage', [['+1']])).toBe(false);
    rememberContacts(files, 'imessage', ['+1', 'chat_id:7']);
    const known = (...places: string[][]): boolean | null => wereContacted(files, 'imessage', places);
    expect([known(['+1']), known(['+2', 'chat_id:7']), known(['+1'], ['+2'])]).toEqual([true, true, false]);
    expect([known(), known(['+1'], [])]).toEqual([null, null]);
    expect(wereContacted(files, 'signal', [['+1']])).toBe(false);
  });

  it('keeps no address in clear, and only for the owner', () => {
    rememberContacts(files, 'imessage', ['+15551230001']);
    const [name] = readdirSync(files.contacts);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expectMode(join(files.contacts, name ?? ''), 0o600);
    expectMode(files.contacts, 0o700);
  });

  it('that is full calls nobody new', thousandsOfFiles, () => {
    mkdirSync(files.contacts, { recursive: true });
    for (let index = 0; index < contactsLimit; index += 1)
      writeFileSync(join(files.contacts, `x${String(index)}`), '');
    rememberContacts(files, 'imessage', ['+1']);
    expect([readdirSync(files.contacts).length, wereContacted(files, 'imessage', [['+1']])]).toEqual([
      contactsLimit,
      null,
    ]);
  });

  it('that cannot be kept stops nothing', () => {
    mkdirSync(files.root, { recursive: true });
    writeFileSync(files.contacts, 'not a folder');
    rememberContacts(files, 'imessage', ['+1']);
    expect(wereContacted(files, 'imessage', [['+1']])).toBeNull();
  });
});

describe('the book of conversations', () => {
  it('remembers across processes who wrote, for a while', () => {
    new ConversationBook(files.conversations).remember({
      keys: ['chat_id:1'],
      people: ['+1'],
      openedAt: now,
    });
    const book = new ConversationBook(files.conversations);
    expect([book.isOpen('chat_id:1', now), book.isOpen('chat_id:1', now + replyWindowMs)]).toEqual([
      true,
      false,
    ]);
    book.remember({ keys: ['chat_id:1', 'group:chat9'], people: ['+1', '+2'], openedAt: null });
    expect(book.find('group:chat9')).toEqual({
      keys: ['chat_id:1', 'group:chat9'],
      people: ['+1', '+2'],
      openedAt: now,
    });
    expect([book.hasWritten('+1', now), book.isOpen('chat_id:2', now)]).toEqual([false, false]);
  });

  it('that is damaged knows nobody', () => {
    writeFileSync(join(root, 'book.json'), '[1,2');
    expect(new ConversationBook(join(root, 'book.json')).find('chat_id:1')).toBeNull();
  });
});
