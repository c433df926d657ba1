import { createHash } from 'node:crypto';
import {} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nationalNumber, spellingsOf } from '../../electron/contract/guard/address-spellings.arbitrary.ts';
import { selfTestAddress } from '../../electron/contract/guard/self-test.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { chat, createJudgeBench, friend, notice, now, person, stranger, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';
import { chatRecipient, rowRecipient } from './send-request.ts';
import type { Recipient, SendRequest } from './send-request.ts';
import { expectMode } from '../../build/vitest/file-mode.fixture.ts';

const guarded = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask' as const,
  pairingReply: 'send' as const,
  allowTo: [],
  denyTo: [{ to: '+15551230009', note: '' }],
};

let bench: JudgeBench;
beforeEach(() => {
  bench = createJudgeBench();
});
afterEach(() => {
  bench.remove();
});

describe('without a policy', () => {
  it('nothing passes: where a guard was installed there were rules', async () => {
    expect(await bench.outcome(textTo([person(friend)]))).toBe('refuse');
    expect(await bench.outcome(textTo([]))).toBe('refuse');
    expect(await bench.outcome(textTo([rowRecipient('7')]))).toBe('refuse');
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
        targets: [{ to: stranger, key: stranger, people: [stranger] }],
        text: 'business secrets',
        textComplete: true,
        cause: { process: '42 openclaw message send' },
        rule: 'unlisted',
        attempts: 1,
      },
    ]);
    expectMode(join(bench.files.spool, `${sends[0]?.id ?? ''}.json`), 0o600);
    expectMode(bench.files.spool, 0o700);
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
    ['a listed person as a chat guid', [chatRecipient(`iMessage;-;${friend}`)], 'pass'],
    ['a denied person', [person('+15551230009')], 'refuse'],
    ['a listed and an unlisted person', [person(friend), person(stranger)], 'refuse'],
    ['a name only Contacts could resolve', [person('Mom')], 'refuse'],
    ['nobody readable', [], 'refuse'],
  ])('to %s: %s', async (_who, recipients, expected) => {
    bench.setPolicy();
    expect(await bench.outcome(textTo(recipients))).toBe(expected);
  });

  it('reads national numbers in the country of the account, and in no other', async () => {
    bench.setPolicy({ region: 'AT' });
    const to = [person('555 123 0001')];
    expect(await bench.judge.judge(textTo(to))).toMatchObject({ written: { recipients: [person(friend)] } });
    // Asked for another country than the account's, nobody knows which number that would be.
    expect(await bench.outcome({ ...textTo(to), region: null })).toBe('refuse');
    expect(await bench.outcome({ ...textTo([person(friend)]), region: null })).toBe('pass');
  });

  it.each<[Recipient, Recipient]>([
    [person(' (555) 123-0001 '), person(friend)],
    [person(`iMessage;-;${friend}`), person(friend)],
    [chatRecipient('sms;-;5551230001'), chatRecipient(`SMS;-;${friend}`)],
    [chatRecipient(`imessage:${friend}`), chatRecipient(friend)],
    [rowRecipient('004'), rowRecipient('4')],
  ])('%j is written out as %j', async (recipient, written) => {
    bench.setPolicy();
    bench.chats.set('4', chat(`iMessage;-;${friend}`, [friend]));
    const verdict = await bench.judge.judge(textTo([recipient]));
    expect(verdict).toMatchObject({ outcome: 'pass', written: { recipients: [written] } });
  });

  it('writes nobody out by name who could mean another one', async () => {
    const allowTo = ['12345', '+4312345'].map((to) => ({ to, until: null, note: '' }));
    bench.setPolicy({ region: 'AT', accounts: [{ ...guarded, allowTo }] });
    expect(await bench.outcome({ ...textTo([person('12345')]), region: 'AT' })).toBe('refuse');
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
            secrets: [],
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
    bench.knocks.observe(notice({ chat_id: 11, sender: '+15551230097', is_from_me: false, is_group: false }));
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
  it('is not opened by whoever writes', async () => {
    bench.setPolicy();
    bench.chats.set('11', chat(`iMessage;-;${stranger}`, [stranger]));
    bench.knocks.observe(notice({ chat_id: 11, sender: stranger, is_from_me: false, is_group: false }));
    for (const to of [rowRecipient('11'), chatRecipient(`any;-;${stranger}`), person(stranger)])
      expect(await bench.outcome(textTo([to]))).toBe('refuse');
  });

  it('that is named by its row is asked about every time', async () => {
    bench.setPolicy();
    bench.chats.set('4', chat(`iMessage;-;${friend}`, [friend]));
    bench.chats.set('5', chat(`SMS;-;${stranger}`, [stranger]));
    expect(await bench.outcome(textTo([rowRecipient('4')]))).toBe('pass');
    bench.chats.set('4', chat(`SMS;-;${stranger}`, [stranger]));
    expect(await bench.outcome(textTo([rowRecipient('4')]))).toBe('refuse');
    expect(await bench.outcome(textTo([rowRecipient('5')]))).toBe('refuse');
    expect(await bench.outcome(textTo([rowRecipient('6')]))).toBe('refuse');
    expect(bench.lookups).toEqual(['4', '4', '5', '6']);
  });

  it('whose guid and identifier are two people needs both of them', async () => {
    bench.setPolicy();
    bench.chats.set('7', { ...chat(`iMessage;-;${friend}`, [friend]), identifier: stranger });
    bench.chats.set('8', { ...chat(`iMessage;-;${stranger}`, [friend]), identifier: friend });
    expect(await bench.outcome(textTo([rowRecipient('7')]))).toBe('refuse');
    expect(await bench.outcome(textTo([rowRecipient('8')]))).toBe('refuse');
  });

  it('of a group needs everybody in it, or the group, to be listed', async () => {
    bench.setPolicy();
    bench.chats.set('7', chat('iMessage;+;chat700', [friend, stranger]));
    bench.chats.set('8', chat('iMessage;+;chat800', [friend]));
    bench.chats.set('9', chat('iMessage;+;chat900', [friend, '+15551230009']));
    const outcomes = (...rows: string[]): Promise<string[]> =>
      Promise.all(
        rows.flatMap((row) => [
          bench.outcome(textTo([rowRecipient(row)])),
          bench.outcome(textTo([chatRecipient(`any;+;chat${row}00`)])),
        ]),
      );
    expect(await outcomes('7', '8', '9')).toEqual(['refuse', 'refuse', 'pass', 'pass', 'refuse', 'refuse']);
    const groups = ['group:chat700', 'group:chat900'].map((to) => ({ to, until: null, note: '' }));
    bench.setPolicy({ accounts: [{ ...guarded, allowTo: groups }] });
    expect(await outcomes('7', '9')).toEqual(['pass', 'pass', 'refuse', 'refuse']);
  });

  it('of a group nobody can tell about is not written to by its members', async () => {
    bench.setPolicy();
    expect(await bench.outcome(textTo([chatRecipient('iMessage;+;chat800')]))).toBe('refuse');
    expect(await bench.outcome(textTo([person('chat800')]))).toBe('refuse');
  });
});

describe('typing and receipts', () => {
  const typingTo = (to: Recipient): SendRequest => ({ ...textTo([to], ''), action: 'typing', sign: true });

  it('go to whoever is listed or was let in, in a chat of their own only', async () => {
    bench.setPolicy();
    expect(await bench.outcome(typingTo(person('+15551230002')))).toBe('refuse');
    bench.chats.set('4', chat(`iMessage;-;${friend}`, [friend]));
    bench.chats.set('11', chat(`SMS;-;${stranger}`, [stranger]));
    const direct = { outcome: 'pass', written: { recipients: [chatRecipient(`iMessage;-;${friend}`)] } };
    expect(await bench.judge.judge(typingTo(person(friend)))).toMatchObject(direct);
    expect(await bench.outcome(typingTo(rowRecipient('11')))).toBe('refuse');
    bench.letIn.remember({ keys: ['imessage chat_id:11'], people: [stranger], openedAt: now });
    expect(await bench.outcome(typingTo(rowRecipient('11')))).toBe('pass');
    expect(await bench.outcome(textTo([rowRecipient('11')]))).toBe('refuse');
  });

  it('that are stopped are no message the owner is asked about', async () => {
    bench.setPolicy();
    expect(await bench.outcome(typingTo(person(stranger)))).toBe('refuse');
    expect(readSpool(bench.files).sends).toEqual([]);
  });
});
