import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nationalNumber, spellingsOf } from '../../electron/contract/guard/address-spellings.arbitrary.ts';
import { selfTestAddress } from '../../electron/contract/guard/self-test.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { createJudgeBench, friend, notice, now, person, stranger, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';
import { chatRecipient } from './send-request.ts';
import type { Recipient } from './send-request.ts';

let bench: JudgeBench;
beforeEach(() => {
  bench = createJudgeBench();
});
afterEach(() => {
  bench.remove();
});

describe('without a policy', () => {
  it('everything passes, even what cannot be read, and nobody is looked up', async () => {
    expect(await bench.outcome(textTo([person(stranger)]))).toBe('pass');
    expect(await bench.outcome(textTo([]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '7')]))).toBe('pass');
    expect(bench.lookups).toEqual([]);
  });
});

// Hundreds of generated spellings take their time on a busy machine.
describe('with a policy', { timeout: 30_000 }, () => {
  it('refuses an unlisted recipient with a reason, and writes the message down privately', async () => {
    bench.setPolicy();
    expect(await bench.judge.judge(textTo([person(stranger)], 'business secrets'))).toEqual({
      outcome: 'refuse',
      message:
        'Message stopped by the Portcullis send guard: the recipient is not a valid one now. This recipient is not on the allowlist; the owner is asked. Do not try again.',
    });
    const { sends } = readSpool(bench.files);
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
    expect(statSync(join(bench.files.spool, `${sends[0]?.id ?? ''}.json`)).mode & 0o777).toBe(0o600);
    expect(statSync(bench.files.spool).mode & 0o777).toBe(0o700);
  });

  it('counts the same message tried again instead of piling it up', async () => {
    bench.setPolicy();
    for (let attempt = 0; attempt < 3; attempt += 1) await bench.judge.judge(textTo([person(stranger)]));
    await bench.judge.judge(textTo([person(stranger)], 'another'));
    expect(readSpool(bench.files).sends.map((send) => [send.text, send.attempts])).toEqual(
      expect.arrayContaining([
        ['hi', 3],
        ['another', 1],
      ]),
    );
    expect(readSpool(bench.files).sends).toHaveLength(2);
  });

  it.each<[string, readonly Recipient[], string]>([
    ['a listed person', [person(friend)], 'pass'],
    ['a listed person as a chat guid', [chatRecipient('text', `iMessage;-;${friend}`)], 'pass'],
    ['a denied person', [person('+15551230009')], 'refuse'],
    ['a listed and an unlisted person', [person(friend), person(stranger)], 'refuse'],
    ['a name only Contacts could resolve', [person('Mom')], 'refuse'],
    ['nobody readable', [], 'refuse'],
  ])('to %s: %s', async (_who, recipients, expected) => {
    bench.setPolicy();
    expect(await bench.outcome(textTo(recipients))).toBe(expected);
  });

  it('reads national numbers in the country imsg will use, not in the owner’s', async () => {
    bench.setPolicy({ region: 'AT' });
    expect(await bench.outcome(textTo([person('555 123 0001')]))).toBe('pass');
    expect(await bench.outcome({ ...textTo([person('555 123 0001')]), region: 'AT' })).toBe('refuse');
  });

  it('is the policy’s decision for every spelling of every recipient', async () => {
    bench.setPolicy();
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
            accounts: null,
            region: null,
            targets: [target],
            textSha256: createHash('sha256').update(content).digest('hex'),
            media: false,
          };
          const { verdict } = decide(readPolicyState(bench.files), send, now);
          expect(await bench.outcome(textTo([person(spelling)], content))).toBe(
            verdict === 'allow' ? 'pass' : 'refuse',
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('whether a recipient is a first contact', () => {
  const lastContacted = (): unknown => readSpool(bench.files).sends.at(-1)?.contacted;

  it('is told with the message: new, then written to, then somebody who wrote', async () => {
    bench.setPolicy();
    await bench.judge.judge(textTo([person(stranger)]));
    expect(lastContacted()).toBe(false);
    bench.conversations.observe(
      notice({ chat_id: 11, sender: '+15551230097', is_from_me: false, is_group: false }),
    );
    await bench.judge.judge(textTo([person('+15551230097')], 'heard from'));
    expect(readSpool(bench.files).sends.find(({ text }) => text === 'heard from')?.contacted).toBe(true);
    expect(await bench.outcome(textTo([person(friend)]))).toBe('pass');
    bench.setPolicy({ blocked: [{ channel: 'imessage', to: friend, note: '' }] });
    await bench.judge.judge(textTo([person(friend)], 'written to'));
    expect(readSpool(bench.files).sends.find(({ text }) => text === 'written to')?.contacted).toBe(true);
    await bench.judge.judge(textTo([person('Mom')], 'nobody'));
    expect(readSpool(bench.files).sends.find(({ text }) => text === 'nobody')?.contacted).toBeNull();
  });
});

describe('the self-test', () => {
  it('is refused with and without a policy, as a pairing code too, and leaves no trace', async () => {
    const code =
      'OpenClaw: access not configured.\n\nYour iMessage sender id: +15551230099\nPairing code:\n\nCLRM9AU7\n\nAsk the bot owner to approve with:\n\nopenclaw pairing approve imessage CLRM9AU7\n';
    const tries = (): Promise<string[]> =>
      Promise.all(['hi', code].map((text) => bench.outcome(textTo([person(selfTestAddress)], text))));
    expect(await tries()).toEqual(['refuse', 'refuse']);
    bench.setPolicy();
    expect(await tries()).toEqual(['refuse', 'refuse']);
    expect(readSpool(bench.files).sends).toEqual([]);
  });
});

describe('a conversation', () => {
  it('is answered when the person in it wrote first', async () => {
    bench.setPolicy();
    bench.conversations.observe(
      notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false }),
    );
    expect(await bench.outcome(textTo([chatRecipient('id', '11')]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('text', `any;-;${stranger}`)]))).toBe('pass');
    expect(await bench.outcome(textTo([person(stranger)]))).toBe('refuse');
    expect(bench.lookups).toEqual([]);
  });

  it('is not opened by our own messages', async () => {
    bench.setPolicy();
    bench.conversations.observe(notice({ chat_id: 11, sender: stranger, is_from_me: true, is_group: false }));
    expect(await bench.outcome(textTo([chatRecipient('id', '11')]))).toBe('refuse');
  });

  it('is not answered when the person is denied', async () => {
    bench.setPolicy();
    bench.conversations.observe(
      notice({ chat_id: 12, sender: '+15551230009', is_from_me: false, is_group: false }),
    );
    expect(await bench.outcome(textTo([chatRecipient('id', '12')]))).toBe('refuse');
  });

  it('that only has a number is looked up once', async () => {
    bench.setPolicy();
    bench.chats.set('4', { guid: `iMessage;-;${friend}`, people: [friend] });
    bench.chats.set('5', { guid: `SMS;-;${stranger}`, people: [stranger] });
    expect(await bench.outcome(textTo([chatRecipient('id', '4')]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '4')]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '5')]))).toBe('refuse');
    expect(await bench.outcome(textTo([chatRecipient('id', '6')]))).toBe('refuse');
    expect(bench.lookups).toEqual(['4', '5', '6']);
  });

  it('of a group needs everybody in it, or the group, to be listed', async () => {
    bench.setPolicy();
    bench.chats.set('7', { guid: 'iMessage;+;chat700', people: [friend, stranger] });
    bench.chats.set('8', { guid: 'iMessage;+;chat800', people: [friend] });
    bench.chats.set('9', { guid: 'iMessage;+;chat900', people: [friend, '+15551230009'] });
    expect(await bench.outcome(textTo([chatRecipient('id', '7')]))).toBe('refuse');
    expect(await bench.outcome(textTo([chatRecipient('id', '8')]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '9')]))).toBe('refuse');
    const account = readPolicyState(bench.files);
    if (account.status !== 'ready') throw new Error('no policy');
    const groups = ['group:chat700', 'group:chat900'].map((to) => ({ to, until: null, note: '' }));
    bench.setPolicy({ accounts: account.policy.accounts.map((entry) => ({ ...entry, allowTo: groups })) });
    expect(await bench.outcome(textTo([chatRecipient('id', '7')]))).toBe('pass');
    expect(await bench.outcome(textTo([chatRecipient('id', '9')]))).toBe('refuse');
  });
});
