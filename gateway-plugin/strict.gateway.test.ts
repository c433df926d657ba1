/** Strict mode in a real gateway: plugin and transport guard together, and the paths only the transport sees. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waitUntil } from '../build/demo/wait-until.ts';
import type { PairingReply } from '../electron/contract/guard/policy.ts';
import { restorePolicy } from './store/policy-file.ts';
import { readSpool } from './store/spool.ts';
import { restricted, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { CallOutcome, OperatorClient } from './testing/operator-client.fixture.ts';

const listed = '+15551230001';
const friend = '+15559990000';
let next = 500;
const someStranger = (): string => `+1555123${String((next += 1)).padStart(4, '0')}`;

let guarded: GuardedGateway;
let operator: OperatorClient;

const sendRpc = (to: string, message: string): Promise<CallOutcome> =>
  operator.call('send', { channel: 'imessage', to, message, idempotencyKey: randomUUID() });

interface CliRun {
  readonly code: number;
  readonly output: string;
}

/** The `openclaw` command of this gateway's machine, which sends in its own process. */
function openclaw(...args: string[]): Promise<CliRun> {
  return new Promise((resolve) => {
    execFile('openclaw', args, { env: guarded.gateway.env, timeout: 120_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: `${stdout}\n${stderr}` });
    });
  });
}
const cliSend = (to: string, message: string): Promise<CliRun> =>
  openclaw('message', 'send', '--channel', 'imessage', '--target', to, '--message', message, '--json');

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
    accounts: [{ ...restricted, pairingReply, allowTo: [{ to: listed, until: null, note: '' }] }],
  }));
}

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: true, strict: true, holdSeconds: 6, allowFrom: [friend] });
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
    const to = someStranger();
    const ran = await cliSend(to, 'business secrets');
    expect(ran.code).not.toBe(0);
    expect(ran.output).toContain('Portcullis send guard');
    expect(await guarded.sentTo(to)).toEqual([]);
    const refused = await guarded.waitForStopped(to, 'refused');
    expect(refused).toMatchObject({ layer: 'imsg-guard', text: 'business secrets', action: 'text' });
    expect(operator.events).toContainEqual({
      event: 'plugin.portcullis-guard.blocked',
      payload: { id: refused.id, state: 'refused' },
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
    const to = someStranger();
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
    const to = someStranger();
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
    const to = someStranger();
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

  it('stop the agent all the same', async () => {
    const to = someStranger();
    await guarded.gateway.imsg.receive(friend, `SEND ${to} from the agent`);
    expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({ layer: 'gateway-plugin' });
    expect(await guarded.sentTo(to)).toEqual([]);
  });
});

describe('other ways out of the gateway', () => {
  it('a scheduled job cannot announce to an unlisted number', async () => {
    const to = someStranger();
    const added = await operator.call('cron.add', {
      name: 'announce',
      enabled: true,
      schedule: { kind: 'at', at: new Date(Date.now() + 1000).toISOString() },
      sessionTarget: 'isolated',
      wakeMode: 'now',
      payload: { kind: 'agentTurn', message: 'say something' },
      delivery: { mode: 'announce', channel: 'imessage', to },
    });
    expect(added).toMatchObject({ ok: true });
    expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({
      layer: 'gateway-plugin',
      rule: 'unlisted',
    });
    expect(await guarded.sentTo(to)).toEqual([]);
  });

  it('a file is a message too', async () => {
    const to = someStranger();
    const mediaUrl = 'https://example.invalid/plans.png';
    const params = { channel: 'imessage', to, message: 'see this', mediaUrl, idempotencyKey: randomUUID() };
    expect(await operator.call('send', params)).toMatchObject({ ok: false });
    expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({
      text: 'see this',
      media: [mediaUrl],
    });
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
    const stranger = someStranger();
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
    const stranger = someStranger();
    await guarded.gateway.imsg.receive(stranger, 'hello?');
    await requestOf(stranger);
    const reply = await guarded.gateway.imsg.waitForSent(
      (sent) => guarded.gateway.imsg.isFor(stranger, sent),
      turnDeadline,
    );
    expect(reply.text).toContain('access not configured');
  });
});
