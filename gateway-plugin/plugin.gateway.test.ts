/** The plugin in a real gateway: what it must stop stays stopped on every path it sees, what may leave leaves once. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { blockedSendSchema } from '../electron/contract/guard/blocked-send.ts';
import { z } from 'zod';
import { readSpool } from './store/spool.ts';
import { readPolicyState, restorePolicy } from './store/policy-file.ts';
import { restricted, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { CallOutcome, OperatorClient } from './testing/operator-client.fixture.ts';

const holdSeconds = 6;
const listed = '+15551230001';
const friend = '+15559990000';
let next = 100;
const someStranger = (): string => `+1555123${String((next += 1)).padStart(4, '0')}`;

let guarded: GuardedGateway;
let operator: OperatorClient;

const sendRpc = (to: string, message: string, idempotencyKey: string = randomUUID()): Promise<CallOutcome> =>
  operator.call('send', { channel: 'imessage', to, message, idempotencyKey });

async function reconnect(): Promise<void> {
  operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
}

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: true, strict: false, holdSeconds, allowFrom: [friend] });
  await reconnect();
});

afterAll(async () => {
  operator.close();
  await guarded.stop();
});

beforeEach(() => {
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    paused: false,
    accounts: [{ ...restricted, allowTo: [{ to: listed, until: null, note: '' }] }],
    blocked: [],
  }));
});

afterEach(() => {
  guarded.forgetStopped();
});

describe('with nobody answering, nothing unlisted reaches imsg', () => {
  it('by the gateway methods send and message.action, five at once', async () => {
    const strangers = Array.from({ length: 5 }, someStranger);
    const outcomes = await Promise.all([
      ...strangers.map((to) => sendRpc(to, `secret for ${to}`)),
      operator.call('message.action', {
        channel: 'imessage',
        action: 'send',
        params: { to: strangers[0], message: 'by action' },
        idempotencyKey: randomUUID(),
      }),
    ]);
    expect(outcomes.slice(0, 5).map((outcome) => outcome.ok)).toEqual([false, false, false, false, false]);
    for (const to of strangers) {
      expect((await guarded.waitForStopped(to, 'refused')).rule).toBe('unlisted');
      expect(await guarded.sentTo(to)).toEqual([]);
    }
  });

  it('by the agent, from a chat, with the app closed', async () => {
    operator.close();
    const stranger = someStranger();
    await guarded.gateway.imsg.receive(friend, `SEND ${stranger} business secrets`);
    const held = await guarded.waitForStopped(stranger, 'held');
    expect(held).toMatchObject({ text: 'business secrets', cause: { agentId: 'main' }, channel: 'imessage' });
    await guarded.waitForStopped(stranger, 'refused');
    await reconnect();
    expect(await guarded.sentTo(stranger)).toEqual([]);
  });

  it('by the agent as a poll, which no delivery hook sees', async () => {
    const stranger = someStranger();
    const poll = {
      action: 'poll',
      channel: 'imessage',
      target: stranger,
      pollQuestion: 'q',
      pollOption: ['a', 'b'],
    };
    await guarded.gateway.imsg.receive(friend, `TOOL message ${JSON.stringify(poll)}`);
    expect(await guarded.waitForStopped(stranger, 'refused')).toMatchObject({
      action: 'poll',
      text: 'q\na\nb',
    });
    expect(await guarded.sentTo(stranger)).toEqual([]);
  });

  it('by an invented id that is no phone number', async () => {
    const invented = '175928847299117063';
    await sendRpc(invented, 'to an invented number');
    expect(await guarded.waitForStopped(invented, 'refused')).toMatchObject({
      rule: 'address',
      targets: [{ key: null }],
    });
    expect(await guarded.sentTo(invented)).toEqual([]);
  });

  it('while everything is paused, listed or not', async () => {
    guarded.setPolicy((policy) => ({ ...policy, paused: true }));
    expect(await sendRpc(listed, 'paused')).toMatchObject({ ok: false });
    expect(await guarded.sentTo(listed)).not.toContain('paused');
  });
});

describe('what may leave', () => {
  it('leaves unchanged and in order', async () => {
    const texts = ['one', 'two ✓ "quoted"', 'three\nwith lines', 'four  spaces', 'five 你好'];
    for (const text of texts) expect(await sendRpc(listed, text)).toMatchObject({ ok: true });
    expect((await guarded.sentTo(listed)).slice(-5)).toEqual(texts);
    expect(guarded.stoppedFor(listed)).toEqual([]);
  });

  it('is a reply to whoever wrote first, though not listed', async () => {
    const before = (await guarded.gateway.imsg.sent()).length;
    await guarded.gateway.imsg.receive(friend, 'how are you');
    const reply = await waitUntil(
      'The reply',
      async () => (await guarded.gateway.imsg.sent())[before],
      turnDeadline,
    );
    expect([reply.to, guarded.gateway.imsg.isFor(friend, reply)]).toEqual([null, true]);
  });

  it('is no reply to somebody denied', async () => {
    guarded.setPolicy((policy) => ({
      ...policy,
      accounts: [{ ...restricted, denyTo: [{ to: friend, note: '' }] }],
    }));
    const before = (await guarded.gateway.imsg.sent()).length;
    await guarded.gateway.imsg.receive(friend, 'are you there');
    const refused = await waitUntil(
      'The refused reply',
      () => readSpool(guarded.files).sends.find((send) => send.rule === 'denied'),
      turnDeadline,
    );
    expect(refused.targets[0]?.people).toEqual([friend]);
    expect((await guarded.gateway.imsg.sent()).length).toBe(before);
  });
});

const outcomeSchema = z.object({
  applied: z.boolean(),
  state: z.string(),
  send: z.record(z.string(), z.string()).nullable(),
});
const resolveSend = async (id: string, decision: string): Promise<z.infer<typeof outcomeSchema>> => {
  const outcome = await operator.call('portcullis-guard.resolve', { id, decision });
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcomeSchema.parse(outcome.payload);
};

describe('an answer', () => {
  it('lets a held send go exactly once, and of two answers only the first counts', async () => {
    const to = someStranger();
    const sending = sendRpc(to, 'let me go');
    const { id } = await guarded.waitForStopped(to, 'held');
    const answers = await Promise.all([resolveSend(id, 'send-once'), resolveSend(id, 'deny')]);
    expect(answers).toEqual([
      { applied: true, state: 'allowed', send: null },
      { applied: false, state: 'allowed', send: null },
    ]);
    expect(await sending).toMatchObject({ ok: true });
    expect(await guarded.sentTo(to)).toEqual(['let me go']);
    expect(guarded.stoppedFor(to)).toEqual([]);
  });

  it('of deny stops it for good', async () => {
    const to = someStranger();
    const sending = sendRpc(to, 'stay');
    const { id } = await guarded.waitForStopped(to, 'held');
    expect(await resolveSend(id, 'deny')).toEqual({ applied: true, state: 'denied', send: null });
    expect(await sending).toMatchObject({ ok: false });
    expect(await guarded.sentTo(to)).toEqual([]);
    expect(guarded.stoppedFor(to)).toEqual([]);
  });

  it('sends a refused message later, exactly that text, exactly once', async () => {
    const to = someStranger();
    await sendRpc(to, 'later please');
    const { id } = await guarded.waitForStopped(to, 'refused');
    const { send } = await resolveSend(id, 'send-once');
    expect(send).toEqual({
      channel: 'imessage',
      accountId: 'default',
      to,
      message: 'later please',
      idempotencyKey: `portcullis-${id}`,
    });
    const carryOut = { ...send };
    const twice = await Promise.all([operator.call('send', carryOut), operator.call('send', carryOut)]);
    expect(twice.map((outcome) => outcome.ok)).toEqual([true, true]);
    expect(await sendRpc(to, 'later please')).toMatchObject({ ok: false });
    expect(await guarded.sentTo(to)).toEqual(['later please']);
  });

  it('needs the approvals scope, and the list too', async () => {
    const reader = await connectOperator(guarded.gateway.url, guarded.gateway.token, ['operator.read']);
    const outcomes = [
      await reader.call('portcullis-guard.status'),
      await reader.call('portcullis-guard.list'),
      await reader.call('portcullis-guard.resolve', { id: randomUUID(), decision: 'send-once' }),
      await reader.call('portcullis-guard.rules.set', { revision: 0, policy: {} }),
      await reader.call('portcullis-guard.approved-contacts', { channel: 'imessage' }),
    ];
    reader.close();
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, false, false, false]);
  });
});

describe('a gateway that goes away in the middle of a hold', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s leaves a refused send and sends nothing afterwards',
    async (signal) => {
      const to = someStranger();
      const sending = sendRpc(to, `held over ${signal}`);
      await guarded.waitForStopped(to, 'held');
      process.kill(guarded.gateway.pid, signal);
      expect(await sending).toMatchObject({ ok: false });
      await guarded.gateway.restart();
      await reconnect();
      expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({ text: `held over ${signal}` });
      // A delivery the gateway had queued would be tried again now; a listed send behind it shows that it was not sent.
      await sendRpc(listed, `after ${signal}`);
      expect(await guarded.sentTo(listed)).toContain(`after ${signal}`);
      expect(await guarded.sentTo(to)).toEqual([]);
    },
  );
});

it('keeps holding across a reload of the plugin, and the answer still counts', async () => {
  const to = someStranger();
  const sending = sendRpc(to, 'held over a reload');
  const { id } = await guarded.waitForStopped(to, 'held');
  const reloading = operator.call('plugins.reload', { plugins: [{ pluginId: 'portcullis-guard' }] });
  expect(await resolveSend(id, 'send-once')).toEqual({ applied: true, state: 'allowed', send: null });
  expect(await sending).toMatchObject({ ok: true });
  expect(await reloading).toMatchObject({ ok: true });
  expect(await guarded.sentTo(to)).toEqual(['held over a reload']);
  const other = someStranger();
  expect(await sendRpc(other, 'after the reload')).toMatchObject({ ok: false });
  expect(await guarded.sentTo(other)).toEqual([]);
});

describe('a policy file that is cut off', () => {
  it('lets out only what the last good one lists, and says so', async () => {
    const text = readFileSync(guarded.files.policy, 'utf8');
    writeFileSync(guarded.files.policy, text.slice(0, text.length / 2));
    const to = someStranger();
    const [unlisted, allowed] = await Promise.all([
      sendRpc(to, 'nothing unlisted'),
      sendRpc(listed, 'still listed'),
    ]);
    expect([unlisted.ok, allowed.ok]).toEqual([false, true]);
    expect(await guarded.sentTo(to)).toEqual([]);
    expect((await guarded.waitForStopped(to, 'refused')).rule).toBe('policy-unreadable');
    expect(await operator.call('portcullis-guard.status')).toMatchObject({
      payload: { policy: 'unreadable', problem: 'The policy file is not valid JSON.' },
    });
    expect(restorePolicy(guarded.files, Date.now())).toMatchObject({ ok: true });
    expect(readPolicyState(guarded.files).status).toBe('ready');
  });
});

it('tells operators what was stopped, without its content', async () => {
  const before = operator.events.length;
  const to = someStranger();
  await sendRpc(to, 'an event, please');
  const { id } = await guarded.waitForStopped(to, 'refused');
  const seen = operator.events
    .slice(before)
    .filter(({ event }) => event.startsWith('plugin.portcullis-guard.'));
  expect(seen).toEqual([
    { event: 'plugin.portcullis-guard.blocked', payload: { id, state: 'held' } },
    { event: 'plugin.portcullis-guard.blocked', payload: { id, state: 'refused' } },
  ]);
  const list = await operator.call('portcullis-guard.list');
  const listSchema = z.object({ sends: z.array(blockedSendSchema), omitted: z.array(z.string()) });
  expect(list.ok && listSchema.parse(list.payload).sends.find((send) => send.id === id)?.text).toBe(
    'an event, please',
  );
});
