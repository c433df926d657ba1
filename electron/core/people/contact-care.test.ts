import { beforeEach, describe, expect, it } from 'vitest';
import type { DecideInput } from '../../contract/schemas.ts';
import { longestContact } from '../../contract/people.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { commandSchemas } from '../../contract/schemas.ts';
import { lost, refused, silentLogger } from '../gateway/outside.double.ts';
import type { StoredContacts } from '../people-ports.ts';
import { blockedList } from './blocked.ts';
import { ContactCare } from './contact-care.ts';
import { approvedContactsMethod } from './approved-contacts.ts';
import { removeContactMethod } from './contacts.ts';
import { approvedBy, CallsDouble, RulesDouble, settingsOf } from './people.fixture.ts';

const friend = '+15551230001';
let calls: CallsDouble;
let rules: RulesDouble;
let stored: StoredContacts | null;
let denied: DecideInput[];
let denial: Result<null>;
let sender: { readonly channel: string; readonly senderId: string } | null;
let blockedTold: number;

beforeEach(() => {
  calls = new CallsDouble();
  rules = new RulesDouble();
  stored = null;
  denied = [];
  denial = ok(null);
  sender = { channel: 'imessage', senderId: '+1 (555) 123-0001' };
  blockedTold = 0;
  care = newCare();
  calls.answer('config.get', settingsOf({}));
  calls.answer('channels.pairing.list', ok({ accounts: [], requests: [] }));
});

let care: ContactCare;

function newCare(): ContactCare {
  return new ContactCare({
    logger: silentLogger,
    request: (method, params) => calls.request(method, params),
    offers: (method) => calls.offers(method),
    approved: approvedBy(calls, () => stored),
    rules: { read: () => rules.read(), change: (input) => rules.change(input) },
    deny: (input) => {
      denied.push(input);
      return Promise.resolve(denial);
    },
    chatSender: () => sender,
    onBlocked: () => {
      blockedTold += 1;
      return Promise.resolve();
    },
  });
}

async function listed() {
  const { list, ...where } = await care.list(await rules.read());
  return {
    ...where,
    list: list.map(({ channel, account, entry, source }) => [channel, account, entry, source]),
  };
}

function withPlugin(contacts: (params: unknown) => readonly string[]): void {
  calls.answer(approvedContactsMethod, (params) => ok({ contacts: contacts(params) }));
  calls.answer(removeContactMethod, ok({ removed: true }));
}

describe('listing', () => {
  it('asks the plugin about every account that pairs or is configured', async () => {
    calls.answer('channels.pairing.list', ok({ accounts: [{ channel: 'imessage', accountId: 'work' }] }));
    calls.answer('config.get', settingsOf({ defaults: {}, telegram: { allowFrom: [42] } }));
    withPlugin((params) => (JSON.stringify(params).includes('work') ? [friend] : []));
    expect(await listed()).toEqual({
      pairingFrom: 'plugin',
      configRead: true,
      list: [
        ['imessage', 'work', friend, 'pairing'],
        ['telegram', 'default', '42', 'config'],
      ],
    });
  });

  it('gives an account without a list of its own the channel’s, and looks below dm', async () => {
    const channels = {
      imessage: { cliPath: 'imsg', allowFrom: ['a@b.co'], accounts: { home: {}, work: { allowFrom: [] } } },
      discord: { dm: { allowFrom: ['1'] }, accounts: { own: { dm: { allowFrom: [2] } } }, botToken: 'x' },
      broken: 7,
    };
    calls.answer('config.get', settingsOf(channels));
    expect((await listed()).list).toEqual([
      ['discord', 'default', '1', 'config'],
      ['discord', 'own', '2', 'config'],
      ['imessage', 'default', 'a@b.co', 'config'],
      ['imessage', 'home', 'a@b.co', 'config'],
    ]);
  });

  it.each([
    ['the plugin is not there', () => undefined],
    [
      'the plugin fails for one account',
      () => {
        calls.answer(
          'channels.pairing.list',
          ok({ accounts: [{ channel: 'imessage', accountId: 'default' }] }),
        );
        calls.answer(approvedContactsMethod, { ok: false, error: refused('x') });
      },
    ],
  ])('reads the gateway’s own store where %s', async (_what, prepare) => {
    prepare();
    stored = {
      read: () => Promise.resolve(ok([{ channel: 'imessage', account: 'default', entry: friend }])),
    };
    expect(await listed()).toMatchObject({
      pairingFrom: 'state-file',
      list: [['imessage', 'default', friend, 'pairing']],
    });
  });

  it.each<[string, StoredContacts | null, 'nowhere' | 'unreadable']>([
    ['is on another machine', null, 'nowhere'],
    ['has no store', { read: () => Promise.resolve(fail('absent')) }, 'nowhere'],
    ['has an unreadable store', { read: () => Promise.resolve(fail('unreadable')) }, 'unreadable'],
  ])('says that nobody can tell who was approved where the gateway %s', async (_what, store, from) => {
    stored = store;
    expect(await listed()).toMatchObject({ pairingFrom: from, list: [] });
  });

  it('says that the plugin did not tell where nothing else can', async () => {
    calls.answer('channels.pairing.list', ok({ accounts: [{ channel: 'imessage', accountId: 'default' }] }));
    calls.answer(approvedContactsMethod, { ok: false, error: refused('x') });
    expect(await listed()).toMatchObject({ pairingFrom: 'unreadable', list: [] });
  });

  it('cuts nobody: whoever is listed is shown whole and can be taken back; beyond all bounds is an error', async () => {
    const entries = [
      `${'x'.repeat(longestContact - 1)}y`,
      // As long as text gets when what is hidden in it is made visible.
      '\u200B'.repeat(longestContact),
      '\u{10FFFF}'.repeat(longestContact),
    ];
    calls.answer('channels.pairing.list', ok({ accounts: [{ channel: 'imessage', accountId: 'default' }] }));
    withPlugin(() => entries);
    const { list } = await care.list(await rules.read());
    expect(new Map(list.map(({ entry, shown, removal }) => [entry, [shown.truncated, removal]]))).toEqual(
      new Map(entries.map((entry) => [entry, [false, 'possible']])),
    );
    const command = commandSchemas['people.removeContact'];
    for (const entry of entries) {
      const input = { channel: 'imessage', account: 'default', entry, block: false };
      expect(command.safeParse(input).success).toBe(true);
      expect(command.safeParse({ ...input, entry: `${entry}x` }).success).toBe(false);
      expect(await care.remove(input)).toEqual(ok(null));
    }
    withPlugin(() => [...entries, 'x'.repeat(longestContact + 1)]);
    expect(await listed()).toMatchObject({ pairingFrom: 'unreadable', list: [] });
    expect(await approvedBy(calls, () => stored).of('imessage', 'default')).toMatchObject({
      error: { code: 'config-not-editable' },
    });
  });

  it('says when the gateway’s settings could not be read', async () => {
    calls.answer('config.get', { ok: false, error: lost(null) });
    expect(await listed()).toMatchObject({ configRead: false });
    calls.answer(
      'config.get',
      ok({ valid: false, resolved: { channels: { imessage: { allowFrom: ['*'] } } } }),
    );
    expect(await listed()).toMatchObject({ configRead: false, list: [] });
  });

  it('tells everyone and groups from people, and who is blocked and allowed all the same', async () => {
    const allowFrom = ['*', 'accessGroup:x', '+1 555 123 0001', 'hi\u200Bdden'];
    calls.answer('config.get', settingsOf({ imessage: { allowFrom } }));
    rules.block({ channel: 'imessage', to: friend });
    const { list } = await care.list(await rules.read());
    expect(list.map(({ shown, means, blocked, removal }) => [shown.text, means, blocked, removal])).toEqual(
      expect.arrayContaining([
        ['*', 'everyone', false, 'in-config'],
        ['accessGroup:x', 'group', false, 'in-config'],
        ['+1 555 123 0001', 'person', true, 'in-config'],
        ['hi⟨U+200B⟩dden', 'person', false, 'in-config'],
      ]),
    );
  });
});

describe('taking an approval back', () => {
  const contact = { channel: 'imessage', account: 'work', entry: friend, block: false };

  it('goes through the plugin, exactly as the gateway keeps the contact', async () => {
    withPlugin(() => []);
    expect(await care.remove(contact)).toEqual(ok(null));
    expect(calls.changes).toEqual([
      `resting ${removeContactMethod} {"channel":"imessage","account":"work","contact":"${friend}"}`,
    ]);
    expect(rules.changes).toEqual([]);
  });

  it('cannot be done without the plugin, and says so', async () => {
    expect(await care.remove(contact)).toMatchObject({ error: { code: 'unsupported' } });
    expect(calls.changes).toEqual([]);
  });

  it('blocks as well where asked to', async () => {
    withPlugin(() => []);
    expect(await care.remove({ ...contact, block: true })).toEqual(ok(null));
    expect(rules.changes).toMatchObject([{ type: 'block', people: [{ channel: 'imessage', to: friend }] }]);
    expect(blockedTold).toBe(1);
  });

  it('takes nothing back when blocking cannot work', async () => {
    withPlugin(() => []);
    rules.status = 'unreadable';
    expect(await care.remove({ ...contact, block: true })).toMatchObject({
      error: { code: 'rules-unreadable' },
    });
    rules.status = 'ready';
    expect(await care.remove({ ...contact, entry: '*', block: true })).toMatchObject({
      error: { code: 'rules-invalid' },
    });
    expect(calls.changes).toEqual([]);
  });
});

describe('blocking whoever asks', () => {
  const input = { key: 'chat:c1', revision: 3 };

  it('denies this request and blocks the address behind the spelling', async () => {
    expect(await care.blockRequest(input)).toEqual(ok(null));
    expect(denied).toEqual([input]);
    expect(rules.changes).toMatchObject([{ type: 'block', people: [{ channel: 'imessage', to: friend }] }]);
  });

  it.each([
    ['AMAZON', 'sender:amazon'],
    ['+5215555550123', '+5215555550123'],
  ])('takes whoever a gateway lets ask: %s', async (senderId, to) => {
    sender = { channel: 'imessage', senderId };
    await care.blockRequest(input);
    expect(rules.changes).toMatchObject([{ type: 'block', people: [{ channel: 'imessage', to }] }]);
  });

  it('does the same on rules that somebody else changes meanwhile', async () => {
    rules.interferences = 2;
    expect(await care.blockRequest(input)).toEqual(ok(null));
    expect(rules.changes).toHaveLength(1);
  });

  it('says so when the request was denied and the block did not come about', async () => {
    rules.interferences = 9;
    expect(await care.blockRequest(input)).toMatchObject({
      error: { code: 'rules-changed', message: expect.stringContaining('Denied, but not blocked') },
    });
  });

  it.each<[string, () => void, string]>([
    ['the request is gone', () => (sender = null), 'request-gone'],
    ['there is no plugin', () => (rules.absent = true), 'unsupported'],
    ['the rules cannot be read', () => (rules.status = 'unreadable'), 'rules-unreadable'],
    [
      'the address is none',
      () => (sender = { channel: 'imessage', senderId: '123456789012345678' }),
      'rules-invalid',
    ],
  ])('does nothing when %s', async (_what, prepare, code) => {
    prepare();
    expect(await care.blockRequest(input)).toMatchObject({ error: { code } });
    expect([denied, rules.changes, blockedTold]).toEqual([[], [], 0]);
  });

  it('blocks nobody when the denial failed', async () => {
    denial = fail(appError('request-changed', 'Changed.'));
    expect(await care.blockRequest(input)).toEqual(denial);
    expect(rules.changes).toEqual([]);
  });
});

it('unblocks, and tells that the rules are other ones', async () => {
  expect(await care.unblock({ channel: 'imessage', to: friend })).toEqual(ok(null));
  expect(rules.changes).toEqual([{ type: 'unblock', people: [{ channel: 'imessage', to: friend }] }]);
  expect(blockedTold).toBe(1);
});

it.each<[string, () => void, object]>([
  ['those in the rules', () => undefined, { state: 'ready', people: [{ to: friend, note: null }] }],
  ['no plugin', () => (rules.absent = true), { state: 'unavailable', reason: 'no-plugin' }],
  [
    'damaged rules',
    () => (rules.status = 'unreadable'),
    { state: 'unavailable', reason: 'rules-unreadable' },
  ],
])('lists as blocked: %s', async (_what, prepare, expected) => {
  rules.block({ channel: 'imessage', to: friend });
  prepare();
  expect(blockedList(await rules.read())).toMatchObject(expected);
});
