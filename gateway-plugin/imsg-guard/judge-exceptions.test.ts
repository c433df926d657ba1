import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { readSpool } from '../store/spool.ts';
import { issueTicket, lettersOf } from '../store/tickets.ts';
import { createJudgeBench, friend, notice, now, person, stranger, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';
import { chatRecipient } from './send-request.ts';
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
  const toStranger = (): SendRequest => textTo([chatRecipient('id', '11')], reply);
  const account = (pairingReply: 'send' | 'silent'): Partial<Policy> => ({
    accounts: [
      { channel: 'imessage', account: 'default', unlisted: 'ask', pairingReply, allowTo: [], denyTo: [] },
    ],
  });
  const opened = notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false });

  it('is sent while the owner wants it', async () => {
    bench.setPolicy(account('send'));
    bench.conversations.observe(opened);
    expect(await bench.outcome(toStranger())).toBe('pass');
  });

  it('is swallowed in silent mode, and leaves nothing to be sent later', async () => {
    bench.setPolicy(account('silent'));
    bench.conversations.observe(opened);
    expect(await bench.outcome(toStranger())).toBe('swallow');
    expect(readSpool(bench.files).sends).toEqual([]);
  });

  it('is the only text silence swallows', async () => {
    bench.setPolicy(account('silent'));
    bench.conversations.observe(opened);
    expect(await bench.outcome(textTo([chatRecipient('id', '11')], `${reply}\nand more`))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '11')], 'hello'))).toBe('pass');
  });

  it('is followed by the notice that the owner approved', async () => {
    bench.setPolicy(account('silent'));
    const approved = '✅ OpenClaw access approved. Send a message to start chatting.';
    expect(await bench.outcome(textTo([person(stranger)], approved))).toBe('refuse');
    bench.conversations.observe(opened);
    expect(await bench.outcome(textTo([person(stranger)], approved))).toBe('pass');
    expect(await bench.outcome(textTo([person(stranger)], `${approved} PS: secrets`))).toBe('refuse');
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
    bench.setPolicy();
    issueTicket(bench.files, ticket, now);
    const file = {
      ...textTo([person(stranger)], ''),
      action: 'send-attachment',
      files: ['/x.jpg'],
      content: 'x',
    };
    expect(await bench.outcome(textTo([person(stranger)], 'First part.'))).toBe('pass');
    expect(await bench.outcome(textTo([person(stranger)], 'First part.'))).toBe('refuse');
    expect(await bench.outcome(textTo([person(stranger)], 'And the second part!'))).toBe('pass');
    expect(await bench.outcome(file)).toBe('pass');
    expect(await bench.outcome(file)).toBe('refuse');
    expect(await bench.outcome(textTo([person(stranger)], 'something else'))).toBe('refuse');
    expect(await bench.outcome(textTo([person('+15551230098')], 'First part.'))).toBe('refuse');
  });

  it('a ticket ends, and helps nobody who is denied', async () => {
    bench.setPolicy();
    issueTicket(bench.files, { ...ticket, expiresAt: now }, now - 1);
    issueTicket(bench.files, { ...ticket, keys: ['+15551230009'] }, now - 1);
    expect(await bench.outcome(textTo([person(stranger)], 'First part.'))).toBe('refuse');
    expect(await bench.outcome(textTo([person('+15551230009')], 'First part.'))).toBe('refuse');
  });

  it('a ticket for a reaction is for that reaction only', async () => {
    bench.setPolicy();
    issueTicket(bench.files, { ...ticket, letters: '', actions: ['tapback'], media: 0 }, now);
    const tapback = { ...textTo([chatRecipient('text', `any;-;${stranger}`)], 'love'), action: 'tapback' };
    expect(await bench.outcome(textTo([person(stranger)], 'love'))).toBe('refuse');
    expect(await bench.outcome(tapback)).toBe('pass');
    expect(await bench.outcome(tapback)).toBe('refuse');
  });
});

describe('when something is broken', () => {
  it('a cut-off policy lets only listed people be written to, and no reply out', async () => {
    bench.setPolicy();
    bench.conversations.observe(
      notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false }),
    );
    const text = readFileSync(bench.files.policy, 'utf8');
    for (const length of [0, 1, Math.floor(text.length / 2), text.length - 3]) {
      writeFileSync(bench.files.policy, text.slice(0, length));
      expect(await bench.outcome(textTo([person(friend)]))).toBe('pass');
      expect(await bench.outcome(textTo([person(stranger)]))).toBe('refuse');
      expect(await bench.outcome(textTo([chatRecipient('id', '11')]))).toBe('refuse');
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
