import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  internationalSpellingsOf,
  nationalNumber,
} from '../../electron/contract/guard/address-spellings.arbitrary.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { selfTestAddress } from '../../electron/contract/guard/self-test.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool, removeSpooled } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { asSend } from './answer-rules.ts';
import { forgetPace, guarded, other, stoppedSend, stranger } from './stopped-sends.fixture.ts';

const holdMs = 1000;
const listed = '+15551230001';
let root: string;
let files: GuardFiles;
let gateway: GatewayDouble;

beforeEach(() => {
  vi.useFakeTimers();
  forgetPace();
  root = mkdtempSync(join(tmpdir(), 'portcullis-outgoing-'));
  files = guardFiles(root);
  gateway = new GatewayDouble(root, holdMs);
  gateway.load();
  gateway.fire('gateway_start', {}, {});
});
afterEach(() => {
  gateway.service?.stop();
  vi.useRealTimers();
  rmSync(root, { recursive: true, force: true });
});

function setPolicy(change: Partial<Policy> = {}): void {
  const state = readPolicyState(files);
  const revision = state.status === 'ready' ? state.policy.revision : 0;
  const accounts = [{ ...guarded, allowTo: [{ to: listed, until: null, note: '' }] }];
  const policy = { ...emptyPolicy, region: 'US', accounts, ...change };
  expect(updatePolicy(files, revision, () => policy).ok).toBe(true);
}

/** The hook's answer when nobody answers the owner's question. */
async function sendUnanswered(to: string, text = 'hi', context: object = {}): Promise<'sent' | 'cancelled'> {
  const sending = gateway.send(to, text, context);
  await vi.advanceTimersByTimeAsync(holdMs);
  return (await sending) === undefined ? 'sent' : 'cancelled';
}

const canonicalStart =
  /^(?:(?:imessage|sms|auto):)?(?:(?:chat_guid|chat_identifier):)?(?:(?:iMessage|SMS|RCS|any);-;)?$/u;
const spellings =
  'a message leaves exactly when the policy allows it and its recipient is written the one way all read alike';
// Hundreds of generated ones take their time on a busy machine.
it(spellings, { timeout: 30_000 }, async () => {
  const denied = '+15551230009';
  setPolicy({
    limit: { inAll: 1000, toOne: 1000 },
    accounts: [
      {
        ...guarded,
        allowTo: [{ to: listed, until: null, note: '' }],
        denyTo: [{ to: denied, note: '' }],
      },
    ],
  });
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom('5551230001', '5551230009', null)
        .chain((known) => (known === null ? nationalNumber : fc.constant(known)))
        .chain((national) => fc.tuple(fc.constant(national), internationalSpellingsOf(national))),
      async ([national, spelling]) => {
        const key = `+1${national}`;
        const send = asSend(stoppedSend({ targets: [{ to: key, key, people: [] }] }));
        const { verdict } = decide(readPolicyState(files), send, Date.now());
        expect(await sendUnanswered(key)).toBe(verdict === 'allow' ? 'sent' : 'cancelled');
        const canonical = spelling.endsWith(key) && canonicalStart.test(spelling.slice(0, -key.length));
        expect(await sendUnanswered(spelling)).toBe(verdict === 'allow' && canonical ? 'sent' : 'cancelled');
        for (const stopped of readSpool(files).sends) removeSpooled(files, stopped.id);
      },
    ),
    { numRuns: 150 },
  );
});

it('a national number goes on as it is written, so it is not understood', async () => {
  setPolicy();
  gateway.config = { channels: { imessage: {} } };
  expect(await sendUnanswered('(555) 123-0001')).toBe('cancelled');
  expect(readSpool(files).sends).toMatchObject([{ rule: 'address', targets: [{ key: listed }] }]);
});

it('rules for an account or a channel that is not there protect those that are', async () => {
  const account = (channel: string, name: string): Policy['accounts'][number] => ({
    ...guarded,
    channel,
    account: name,
    allowTo: [{ to: listed, until: null, note: '' }],
  });
  gateway.config = { channels: { imessage: { accounts: { home: {}, work: {} } }, telegram: {} } };
  const home = { accountId: 'home' };
  setPolicy({ accounts: [account('imessage', 'hmoe')] });
  expect([await sendUnanswered(listed, 'a', home), await sendUnanswered(stranger, 'b', home)]).toEqual([
    'sent',
    'cancelled',
  ]);
  setPolicy({ accounts: [account('imesage', 'home')] });
  expect(await sendUnanswered(stranger, 'c', home)).toBe('cancelled');
  const { id } = readSpool(files).sends.find(({ rule }) => rule === 'channel') ?? { id: '' };
  for (const decision of ['allow-always', 'allow-hour', 'never'])
    expect(await gateway.call('resolve', { id, decision })).toMatchObject({
      error: { details: { reason: 'not-understood' } },
    });
  setPolicy({ accounts: [account('imessage', 'work')] });
  expect(await sendUnanswered(stranger, 'd', home)).toBe('sent');
});

describe('two accounts of one channel', () => {
  const work = { accountId: 'work' };
  const account = (name: string, to: string): Policy['accounts'][number] => ({
    ...guarded,
    account: name,
    allowTo: [{ to, until: null, note: '' }],
  });

  it('each have their own rules', async () => {
    setPolicy({ accounts: [account('default', listed), account('work', other)] });
    expect([await sendUnanswered(listed), await sendUnanswered(other)]).toEqual(['sent', 'cancelled']);
    expect([await sendUnanswered(listed, 'hi', work), await sendUnanswered(other, 'hi', work)]).toEqual([
      'cancelled',
      'sent',
    ]);
    expect(readSpool(files).sends.map((send) => [send.account, send.targets[0]?.to])).toEqual([
      ['default', other],
      ['work', listed],
    ]);
  });

  it('must both allow a message that names none', async () => {
    setPolicy({ accounts: [account('default', listed), account('work', other)] });
    expect(await sendUnanswered(listed, 'hi', { accountId: null })).toBe('cancelled');
  });
});

describe('the self-test', () => {
  it('is stopped without a policy and without a trace, and counted', async () => {
    expect(await gateway.send(selfTestAddress)).toEqual({
      cancel: true,
      cancelReason: 'portcullis-guard: not sent (self-test)',
      metadata: { guardId: null },
    });
    setPolicy({ paused: true });
    const before = await gateway.call('status');
    await gateway.send(selfTestAddress, 'x', { channelId: 'telegram' });
    expect(before).toMatchObject({ selfTests: expect.any(Number) as number });
    const { selfTests } = before as { selfTests: number };
    expect(await gateway.call('status')).toMatchObject({ selfTests: selfTests + 1, stopped: 0 });
    expect([readSpool(files).sends, gateway.events]).toEqual([[], []]);
  });
});

describe('a message stopped by the pause', () => {
  it('is not held but refused, and can be sent once after resuming', async () => {
    setPolicy({ paused: true });
    const refused = await gateway.send(listed);
    expect(refused).toMatchObject({ cancel: true });
    const [stopped] = readSpool(files).sends;
    expect(stopped).toMatchObject({ state: 'refused', rule: 'paused', until: null });
    const answer = { id: stopped?.id, decision: 'send-once' };
    expect(await gateway.call('resolve', answer)).toEqual({
      error: {
        code: 'INVALID_REQUEST',
        message: 'All sends are paused; resume them first.',
        details: { reason: 'paused' },
      },
    });
    setPolicy({ accounts: [guarded] });
    expect(await gateway.call('resolve', answer)).toMatchObject({ applied: true, send: { to: listed } });
    expect([await sendUnanswered(listed), await sendUnanswered(listed)]).toEqual(['sent', 'cancelled']);
  });
});

describe('whether a recipient is a first contact', () => {
  const contacted = async (to: string): Promise<unknown> => {
    await sendUnanswered(to, `to ${to}`);
    return readSpool(files).sends.find(({ text }) => text === `to ${to}`)?.contacted;
  };
  const context = { channelId: 'imessage', accountId: 'default' };

  it('is told with the message: whoever was written to or wrote is none', async () => {
    setPolicy({ accounts: [guarded] });
    gateway.config = { channels: { imessage: {} } };
    expect(await contacted('+15551230090')).toBe(false);
    gateway.fire('message_sent', { to: '(555) 123-0091', content: 'x', success: true }, context);
    gateway.fire('message_sent', { to: '+15551230092', content: 'x', success: false }, context);
    gateway.fire(
      'message_received',
      { from: `imessage:${stranger}`, content: 'hi', senderId: stranger },
      { ...context, conversationId: 'chat_id:11' },
    );
    expect(await contacted('+15551230091')).toBe(true);
    expect(await contacted('+15551230092')).toBe(false);
    expect(await contacted(stranger)).toBe(true);
    expect(await contacted('175928847299117063')).toBeNull();
  });
});
