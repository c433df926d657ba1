import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { readSpool } from '../store/spool.ts';
import { issueTicket } from '../store/tickets.ts';
import type { Ticket } from '../store/tickets.ts';
import { chat, createJudgeBench, friend, notice, now, person, stranger, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';
import { chatRecipient, rowRecipient } from './send-request.ts';
import type { SendRequest } from './send-request.ts';

let bench: JudgeBench;
beforeEach(() => {
  bench = createJudgeBench();
});
afterEach(() => {
  bench.remove();
});

describe('the gateway’s answer to a stranger', () => {
  const reply =
    'OpenClaw: access not configured.\n\nYour iMessage sender id: +15551230099\nPairing code:\n\nCLRM9AU7\n\nAsk the bot owner to approve with:\n\nopenclaw pairing approve imessage CLRM9AU7\n';
  const toStranger = (): SendRequest => textTo([rowRecipient('11')], reply);
  const account = (pairingReply: 'send' | 'silent'): Partial<Policy> => ({
    accounts: [
      { channel: 'imessage', account: 'default', unlisted: 'ask', pairingReply, allowTo: [], denyTo: [] },
    ],
  });
  const opened = notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false });

  beforeEach(() => {
    bench.chats.set('11', chat(`iMessage;-;${stranger}`, [stranger]));
  });

  it('is sent while the owner wants it, once for every message', async () => {
    bench.setPolicy(account('send'));
    expect(await bench.outcome(toStranger())).toBe('refuse');
    bench.knocks.observe(opened);
    expect(await bench.outcome(toStranger())).toBe('pass');
    expect(await bench.outcome(toStranger())).toBe('refuse');
    expect(await bench.outcome(textTo([person('+15551230098')], reply))).toBe('refuse');
  });

  it('says who it is for, and nothing else', async () => {
    bench.setPolicy(account('send'));
    bench.knocks.observe(opened);
    for (const other of [
      reply.replace('+15551230099', '+15551230098'),
      reply.replace('\n\nAsk', '\n\nSECRET\n\nAsk'),
      reply.replace('imessage CLRM9AU7', 'imessage SECRET99'),
    ])
      expect(await bench.outcome(textTo([rowRecipient('11')], other))).toBe('refuse');
  });

  it('is swallowed in silent mode, and leaves nothing to be sent later', async () => {
    bench.setPolicy(account('silent'));
    bench.knocks.observe(opened);
    expect(await bench.outcome(toStranger())).toBe('swallow');
    expect(readSpool(bench.files).sends).toEqual([]);
  });

  it('is the only text silence swallows', async () => {
    bench.setPolicy(account('silent'));
    bench.knocks.observe(opened);
    expect(await bench.outcome(textTo([rowRecipient('11')], `${reply}\nand more`))).toBe('refuse');
    expect(await bench.outcome(textTo([rowRecipient('11')], 'hello'))).toBe('refuse');
  });

  it('is followed by the notice that the owner approved', async () => {
    bench.setPolicy(account('silent'));
    const approved = '✅ OpenClaw access approved. Send a message to start chatting.';
    expect(await bench.outcome(textTo([person(stranger)], approved))).toBe('refuse');
    bench.knocks.observe(opened);
    expect(await bench.outcome(textTo([person(stranger)], `${approved} PS: secrets`))).toBe('refuse');
    expect(await bench.outcome(textTo([person(stranger)], approved))).toBe('pass');
    expect(await bench.outcome(textTo([person(stranger)], approved))).toBe('refuse');
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
    bench.setPolicy({ oneTime: [once] });
    expect(await bench.outcome(textTo([person(stranger)], 'other'))).toBe('refuse');
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => bench.outcome(textTo([person(stranger)]))),
    );
    expect(tries.filter((result) => result === 'pass')).toHaveLength(1);
  });

  it('one for other content than the text alone is not used up by the text', async () => {
    const once = {
      id: 'allowance-1',
      channel: 'imessage',
      account: 'default',
      to: stranger,
      textSha256: sha('hi'),
      media: false,
      expiresAt: now + 1,
    };
    bench.setPolicy({ oneTime: [once] });
    const overSms = {
      ...textTo([person(stranger)]),
      words: [['service', 'sms']] as const,
      content: '{"sms"}',
    };
    expect(await bench.outcome(overSms)).toBe('refuse');
    expect(await bench.outcome(textTo([person(stranger)]))).toBe('pass');
  });

  const ticket: Ticket = {
    channel: 'imessage',
    account: null,
    keys: [stranger],
    texts: ['**First** part. And `the` second part!'],
    actions: null,
    files: [],
    expiresAt: now + 1000,
  };
  const says = (text: string): Promise<string> => bench.outcome(textTo([person(stranger)], text));

  it('what the plugin let through passes here as it was formatted, whole and a single time', async () => {
    bench.setPolicy();
    issueTicket(bench.files, ticket, now);
    expect(await says('First part.')).toBe('refuse');
    expect(await says('And the second part!')).toBe('refuse');
    expect(await bench.outcome(textTo([person('+15551230098')], 'First part. And the second part!'))).toBe(
      'refuse',
    );
    expect(await says('First part. And the second part!')).toBe('pass');
    expect(await says('First part. And the second part!')).toBe('refuse');
  });

  it('a long text passes in its pieces, in order and without overlap', async () => {
    bench.setPolicy();
    const [one, two, three] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(9)} `.repeat(100).trim());
    issueTicket(bench.files, { ...ticket, texts: [`${one}\n\n${two}\n${three}`] }, now);
    expect(await says(two ?? '')).toBe('refuse');
    expect(await says((one ?? '').slice(0, -3))).toBe('refuse');
    expect(await says(one ?? '')).toBe('pass');
    expect(await says(one ?? '')).toBe('refuse');
    expect(await says(three ?? '')).toBe('refuse');
    expect(await says(`${two ?? ''}\n${three ?? ''}`)).toBe('pass');
    expect(await says(three ?? '')).toBe('refuse');
  });

  it('a ticket for a message is for no other service and for nothing but a message', async () => {
    bench.setPolicy();
    issueTicket(bench.files, { ...ticket, texts: ['hi'] }, now);
    const hi = textTo([person(stranger)]);
    expect(await bench.outcome({ ...hi, action: 'send-rich' })).toBe('refuse');
    expect(await bench.outcome({ ...hi, words: [['service', 'sms']] })).toBe('refuse');
    expect(await bench.outcome({ ...hi, words: [['service', 'imessage']] })).toBe('pass');
  });

  it('a ticket ends, and helps nobody who is denied', async () => {
    bench.setPolicy();
    issueTicket(bench.files, { ...ticket, texts: ['hi'], expiresAt: now }, now - 1);
    issueTicket(bench.files, { ...ticket, texts: ['hi'], keys: ['+15551230009'] }, now - 1);
    expect(await says('hi')).toBe('refuse');
    expect(await bench.outcome(textTo([person('+15551230009')]))).toBe('refuse');
  });

  it('a ticket for an action is for that action and its texts only', async () => {
    bench.setPolicy();
    issueTicket(bench.files, { ...ticket, texts: ['❤️'], actions: ['tapback'] }, now);
    const action = (name: string, text: string): Promise<string> =>
      bench.outcome({ ...textTo([chatRecipient(`any;-;${stranger}`)], text), action: name });
    expect(await says('love')).toBe('refuse');
    expect(await action('tapback', 'SECRET')).toBe('refuse');
    expect(await action('tapback', 'love')).toBe('pass');
    expect(await action('tapback', 'love')).toBe('refuse');
    issueTicket(bench.files, { ...ticket, texts: ['q\na\nb', 'q', 'a', 'b'], actions: ['poll'] }, now);
    const poll = { ...textTo([chatRecipient(`any;-;${stranger}`)], ''), action: 'poll' };
    expect(await bench.outcome({ ...poll, texts: ['q', 'a', 'SECRET'] })).toBe('refuse');
    expect(await bench.outcome({ ...poll, texts: ['q', 'a', 'b'] })).toBe('pass');
  });
});

describe('when something is broken', () => {
  it('a cut-off policy lets only listed people be written to, and no reply out', async () => {
    bench.setPolicy();
    bench.chats.set('11', chat(`iMessage;-;${stranger}`, [stranger]));
    bench.letIn.remember({ keys: ['imessage chat_id:11'], people: [stranger], openedAt: now });
    const text = readFileSync(bench.files.policy, 'utf8');
    for (const length of [0, 1, Math.floor(text.length / 2), text.length - 3]) {
      writeFileSync(bench.files.policy, text.slice(0, length));
      expect(await bench.outcome(textTo([person(friend)]))).toBe('pass');
      expect(await bench.outcome(textTo([person(stranger)]))).toBe('refuse');
      expect(await bench.outcome(textTo([rowRecipient('11')]))).toBe('refuse');
    }
  });

  it('a policy that was deleted counts as unreadable, not as none', async () => {
    bench.setPolicy();
    rmSync(bench.files.policy);
    expect(await bench.outcome(textTo([person(friend)]))).toBe('pass');
    expect(await bench.outcome(textTo([person(stranger)]))).toBe('refuse');
  });

  it('a policy and its copy both damaged let nothing out', async () => {
    bench.setPolicy();
    writeFileSync(bench.files.policy, '{');
    writeFileSync(bench.files.lastGood, '{');
    expect(await bench.outcome(textTo([person(friend)]))).toBe('refuse');
  });

  it('a spool that cannot be written to still means refused', async () => {
    bench.setPolicy();
    rmSync(bench.files.spool, { recursive: true, force: true });
    writeFileSync(bench.files.spool, 'not a folder');
    expect(await bench.outcome(textTo([person(stranger)]))).toBe('refuse');
  });
});
