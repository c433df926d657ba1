/** Strict mode in a real gateway: plugin and transport guard together, and the paths only the transport sees. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waitUntil } from '../build/demo/wait-until.ts';
import type { PairingReply } from '../electron/contract/guard/policy.ts';
import { restorePolicy } from './store/policy-file.ts';
import { readSpool } from './store/spool.ts';
import {
  allowing,
  restricted,
  startGuardedGateway,
  turnDeadline,
} from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { CallOutcome, OperatorClient } from './testing/operator-client.fixture.ts';
import { nextStranger, openclaw } from './testing/ways-out.fixture.ts';
import type { CommandRun } from './testing/ways-out.fixture.ts';

const listed = '+15551230001';
const friend = '+15559990000';

let guarded: GuardedGateway;
let operator: OperatorClient;

const sendRpc = (to: string, message: string): Promise<CallOutcome> =>
  operator.call('send', { channel: 'imessage', to, message, idempotencyKey: randomUUID() });

const cliSend = (to: string, message: string, ...more: readonly string[]): Promise<CommandRun> =>
  openclaw(
    guarded,
    'message',
    'send',
    '--channel',
    'imessage',
    '--target',
    to,
    '--message',
    message,
    '--json',
    ...more,
  );

/** An agent turn takes seconds: what the gateway had still queued would have been tried by its end. */
async function replyToFriend(before: number): Promise<void> {
  await waitUntil(
    'The reply to the friend',
    async () =>
      (await guarded.gateway.imsg.sent())
        .slice(before)
        .find((sent) => guarded.gateway.imsg.isFor(friend, sent)),
    turnDeadline,
  );
}

function setPolicy(pairingReply: PairingReply = 'send'): void {
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    accounts: [allowing([listed], { pairingReply })],
  }));
}

beforeAll(async () => {
  guarded = await startGuardedGateway({
    plugin: true,
    strict: true,
    holdSeconds: 6,
    allowFrom: [friend],
    secondAccount: { name: 'work' },
  });
  operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
});
afterAll(async () => {
  operator.close();
  await guarded.stop();
});
beforeEach(() => {
  setPolicy();
});
afterEach(() => {
  guarded.forgetStopped();
});

describe('the openclaw command', () => {
  it('cannot write to an unlisted number: an error for it, a request for the owner', async () => {
    const to = nextStranger();
    const ran = await cliSend(to, 'business secrets');
    expect(ran.code).not.toBe(0);
    expect(ran.output).toContain('Portcullis send guard');
    expect(await guarded.sentTo(to)).toEqual([]);
    const refused = await guarded.waitForStopped(to, 'refused');
    expect(refused).toMatchObject({ layer: 'command', text: 'business secrets', action: 'text' });
    expect(operator.events).toContainEqual({
      event: 'plugin.portcullis-guard.blocked',
      payload: expect.objectContaining({ id: refused.id, state: 'refused' }) as unknown,
    });

    const outcome = await operator.call('portcullis-guard.resolve', {
      id: refused.id,
      decision: 'send-once',
    });
    const { send } = z
      .object({ send: z.record(z.string(), z.string()) })
      .parse(outcome.ok ? outcome.payload : null);
    expect(await operator.call('send', send)).toMatchObject({ ok: true });
    expect(await operator.call('send', { ...send, idempotencyKey: randomUUID() })).toMatchObject({
      ok: false,
    });
    expect(await guarded.sentTo(to)).toEqual(['business secrets']);
  });

  it('leaves nothing behind that the gateway would send later, when a rule allows it', async () => {
    const to = nextStranger();
    await cliSend(to, 'not now');
    await guarded.waitForStopped(to, 'refused');
    guarded.setPolicy((policy) => ({ ...policy, accounts: [{ ...restricted, unlisted: 'allow' }] }));
    operator.close();
    await guarded.gateway.restart();
    operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
    const before = (await guarded.gateway.imsg.sent()).length;
    await guarded.gateway.imsg.receive(friend, 'hello again');
    await replyToFriend(before);
    expect(await guarded.sentTo(to)).toEqual([]);
    expect((await guarded.waitForStopped(to, 'refused')).attempts).toBe(1);
  });

  it('writes to a listed number unchanged', async () => {
    const text = 'hello "you" ünï\nsecond line';
    expect(await cliSend(listed, text)).toMatchObject({ code: 0 });
    expect(await guarded.sentTo(listed)).toContain(text);
  });

  it('writes nowhere unlisted with the gateway down or the policy cut off', async () => {
    const policy = readFileSync(guarded.files.policy, 'utf8');
    writeFileSync(guarded.files.policy, policy.slice(0, 40));
    operator.close();
    await guarded.gateway.halt();
    const to = nextStranger();
    const ran = await cliSend(to, 'nobody is looking');
    expect(ran.code).not.toBe(0);
    expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({ rule: 'policy-unreadable' });
    await guarded.gateway.start();
    operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
    const list = await operator.call('portcullis-guard.list');
    expect(JSON.stringify(list)).toContain('nobody is looking');
    expect(await guarded.sentTo(to)).toEqual([]);
    expect(restorePolicy(guarded.files, Date.now()).ok).toBe(true);
  });
});

describe('both layers together', () => {
  it('let a held message go once, formatted as the channel formats it', async () => {
    const to = nextStranger();
    const sending = sendRpc(to, '**Bold** and `code`, once');
    const { id } = await guarded.waitForStopped(to, 'held');
    await operator.call('portcullis-guard.resolve', { id, decision: 'send-once' });
    expect(await sending).toMatchObject({ ok: true });
    expect(await guarded.sentTo(to)).toHaveLength(1);
    expect((await cliSend(to, 'Bold and code, once')).code).not.toBe(0);
    expect(await guarded.sentTo(to)).toHaveLength(1);
  });

  it('let replies through to whoever wrote first', async () => {
    const before = (await guarded.gateway.imsg.sent()).length;
    await guarded.gateway.imsg.receive(friend, 'how are you');
    await replyToFriend(before);
    expect(readSpool(guarded.files).sends).toEqual([]);
  });
});

it('a file is a message too', async () => {
  const to = nextStranger();
  const mediaUrl = 'https://example.invalid/plans.png';
  const params = { channel: 'imessage', to, message: 'see this', mediaUrl, idempotencyKey: randomUUID() };
  expect(await operator.call('send', params)).toMatchObject({ ok: false });
  expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({
    text: 'see this',
    media: [mediaUrl],
  });
});

describe('two accounts', () => {
  const colleague = '+15551230002';
  const send = (accountId: string, to: string): Promise<CallOutcome> => {
    const params = { channel: 'imessage', accountId, to, message: `by ${accountId}` };
    return operator.call('send', { ...params, idempotencyKey: randomUUID() });
  };

  beforeEach(() => {
    guarded.setPolicy((policy) => ({
      ...policy,
      accounts: [allowing([listed]), allowing([colleague], { account: 'work' })],
    }));
  });

  it('are judged by their own rules inside the gateway, and an answer is for the account that asked', async () => {
    const sent = await Promise.all([
      send('default', listed),
      send('default', colleague),
      send('work', colleague),
      send('work', listed),
    ]);
    expect(sent.map(({ ok }) => ok)).toEqual([true, false, true, false]);
    const stopped = [...guarded.stoppedFor(colleague), ...guarded.stoppedFor(listed)];
    expect(stopped.map(({ account, layer }) => [account, layer])).toEqual([
      ['default', 'gateway-plugin'],
      ['work', 'gateway-plugin'],
    ]);
    const params = { id: stopped[1]?.id, decision: 'allow-always' };
    const answer = await operator.call('portcullis-guard.resolve', params);
    const outcome = z
      .object({ send: z.record(z.string(), z.string()) })
      .parse(answer.ok ? answer.payload : null);
    expect(await operator.call('send', outcome.send)).toMatchObject({ ok: true });
    expect([await guarded.sentTo(colleague, 'work'), await guarded.sentTo(listed, 'work')]).toEqual([
      ['by work'],
      ['by work'],
    ]);
    expect(await guarded.sentTo(colleague)).toEqual([]);
  });

  it('are judged by their own rules in the openclaw command', async () => {
    const work = ['--account', 'work'];
    const runs = await Promise.all([
      cliSend(colleague, 'by command', ...work),
      cliSend(listed, 'by command', ...work),
      cliSend(colleague, 'by command'),
    ]);
    expect(runs.map(({ code }) => code === 0)).toEqual([true, false, false]);
    expect(await guarded.sentTo(colleague, 'work')).toContain('by command');
    expect([...(await guarded.sentTo(listed, 'work')), ...(await guarded.sentTo(colleague))]).not.toContain(
      'by command',
    );
    const stopped = [...guarded.stoppedFor(listed), ...guarded.stoppedFor(colleague)];
    expect(stopped.map(({ account, layer }) => [account, layer])).toEqual([
      ['work', 'command'],
      [null, 'command'],
    ]);
  });
});

describe('a stranger who writes', () => {
  const pairing = z.object({ requests: z.array(z.object({ senderId: z.string(), requestId: z.string() })) });
  const requestOf = (sender: string): Promise<string> =>
    waitUntil(
      'The pairing request',
      async () => {
        const list = await operator.call('channels.pairing.list');
        const { requests } = pairing.parse(list.ok ? list.payload : null);
        return requests.find((request) => request.senderId === sender)?.requestId;
      },
      turnDeadline,
    );

  it('gets no answer in silent mode, the owner is asked, and approving is announced', async () => {
    setPolicy('silent');
    const stranger = nextStranger();
    const before = (await guarded.gateway.imsg.sent()).length;
    await guarded.gateway.imsg.receive(stranger, 'hello?');
    const requestId = await requestOf(stranger);
    await waitUntil(
      'The pairing event',
      () => operator.events.find(({ event }) => event === 'plugin.portcullis-guard.pairing-requested'),
      turnDeadline,
    );
    // The friend's answer comes later on the same channel: the stranger's would have been there by then.
    await guarded.gateway.imsg.receive(friend, 'are you there');
    await replyToFriend(before);
    const sent = (await guarded.gateway.imsg.sent()).slice(before);
    expect(sent.filter((message) => guarded.gateway.imsg.isFor(stranger, message))).toEqual([]);

    const approved = await operator.call('channels.pairing.approve', {
      channel: 'imessage',
      accountId: 'default',
      requestId,
      notify: true,
    });
    expect(approved).toMatchObject({ payload: { notification: 'sent' } });
    expect(await guarded.sentTo(stranger)).toEqual([expect.stringContaining('access approved')]);
    const contacts = await operator.call('portcullis-guard.approved-contacts', { channel: 'imessage' });
    expect(contacts).toEqual({
      ok: true,
      payload: { channel: 'imessage', account: 'default', contacts: [stranger] },
    });
  });

  it('gets the pairing reply otherwise', async () => {
    const stranger = nextStranger();
    await guarded.gateway.imsg.receive(stranger, 'hello?');
    await requestOf(stranger);
    const reply = await guarded.gateway.imsg.waitForSent(
      (sent) => guarded.gateway.imsg.isFor(stranger, sent),
      turnDeadline,
    );
    expect(reply.text).toContain('access not configured');
  });
});
