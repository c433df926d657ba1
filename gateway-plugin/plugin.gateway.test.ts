/** The plugin in a real gateway: what it must stop stays stopped on every path it sees, what may leave leaves once. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { z } from 'zod';
import { readSpool } from './store/spool.ts';
import { readPolicyState, restorePolicy } from './store/policy-file.ts';
import {
  allowing,
  restricted,
  startGuardedGateway,
  turnDeadline,
} from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { CallOutcome, OperatorClient } from './testing/operator-client.fixture.ts';
import { nextStranger } from './testing/ways-out.fixture.ts';

const holdSeconds = 6;
const listed = '+15551230001';
const friend = '+15559990000';

let guarded: GuardedGateway;
let operator: OperatorClient;

const sendRpc = (to: string, message: string, idempotencyKey: string = randomUUID()): Promise<CallOutcome> =>
  operator.call('send', { channel: 'imessage', to, message, idempotencyKey });

async function reconnect(): Promise<void> {
  operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
}

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

/** What the app does with an answer that says how to send. */
const carryOut = async ({ send }: Pick<z.infer<typeof outcomeSchema>, 'send'>): Promise<void> => {
  expect(await operator.call('send', { ...send })).toMatchObject({ ok: true });
};

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
    accounts: [allowing([listed])],
    blocked: [],
  }));
});

afterEach(() => {
  guarded.forgetStopped();
});

describe('with nobody answering', () => {
  it('an invented id that is no phone number is never written to', async () => {
    const invented = '175928847299117063';
    await sendRpc(invented, 'to an invented number');
    expect(await guarded.waitForStopped(invented, 'refused')).toMatchObject({
      rule: 'address',
      targets: [{ key: null }],
    });
    expect(await guarded.sentTo(invented)).toEqual([]);
  });

  it('nothing leaves while everything is paused, listed or not, until it is resumed and answered', async () => {
    guarded.setPolicy((policy) => ({ ...policy, paused: true }));
    expect(await sendRpc(listed, 'paused')).toMatchObject({ ok: false });
    const { id } = await guarded.waitForStopped(listed, 'refused');
    const answer = { id, decision: 'send-once' };
    expect(await operator.call('portcullis-guard.resolve', answer)).toMatchObject({
      ok: false,
      details: { reason: 'paused' },
    });
    expect(await guarded.sentTo(listed)).not.toContain('paused');
    guarded.setPolicy((policy) => ({ ...policy, paused: false }));
    await carryOut(await resolveSend(id, 'send-once'));
    expect((await guarded.sentTo(listed)).filter((text) => text === 'paused')).toEqual(['paused']);
  });
});

describe('what may leave', () => {
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

describe('an answer', () => {
  it('lets a held send go exactly once, and of two answers only the first counts', async () => {
    const to = nextStranger();
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
    const to = nextStranger();
    const sending = sendRpc(to, 'stay');
    const { id } = await guarded.waitForStopped(to, 'held');
    expect(await resolveSend(id, 'deny')).toEqual({ applied: true, state: 'denied', send: null });
    expect(await sending).toMatchObject({ ok: false });
    expect(await guarded.sentTo(to)).toEqual([]);
    expect(guarded.stoppedFor(to)).toEqual([]);
  });

  it('sends a refused message later, exactly that text, exactly once, after a restart and by two operators', async () => {
    const to = nextStranger();
    await sendRpc(to, 'later please');
    const { id } = await guarded.waitForStopped(to, 'refused');
    operator.close();
    await guarded.gateway.restart();
    await reconnect();
    const second = await connectOperator(guarded.gateway.url, guarded.gateway.token);
    const pressed = { id, decision: 'send-once' };
    const answers = await Promise.all(
      [operator, second, operator].map((client) => client.call('portcullis-guard.resolve', pressed)),
    );
    const outcomes = answers.map((answer) => outcomeSchema.parse(answer.ok ? answer.payload : null));
    expect(outcomes.map(({ applied }) => applied).sort()).toEqual([false, false, true]);
    const { send } = outcomes.find(({ applied }) => applied) ?? { send: null };
    expect(send).toEqual({
      channel: 'imessage',
      accountId: 'default',
      to,
      message: 'later please',
      idempotencyKey: expect.stringContaining(`portcullis-${id}`) as string,
    });
    await Promise.all([carryOut({ send }), carryOut({ send })]);
    second.close();
    expect(await sendRpc(to, 'later please')).toMatchObject({ ok: false });
    expect(await guarded.sentTo(to)).toEqual(['later please']);
  });

  it('of always or never is a rule from then on', async () => {
    const [friendly, unwanted] = [nextStranger(), nextStranger()];
    const sending = [sendRpc(friendly, 'first'), sendRpc(unwanted, 'first')];
    const waiting = await Promise.all([friendly, unwanted].map((to) => guarded.waitForStopped(to, 'held')));
    await resolveSend(waiting[0]?.id ?? '', 'allow-always');
    await resolveSend(waiting[1]?.id ?? '', 'never');
    expect((await Promise.all(sending)).map(({ ok }) => ok)).toEqual([true, false]);
    expect((await sendRpc(friendly, 'second')).ok).toBe(true);
    expect((await sendRpc(unwanted, 'second')).ok).toBe(false);
    expect(await guarded.sentTo(friendly)).toEqual(['first', 'second']);
    expect([
      await guarded.sentTo(unwanted),
      (await guarded.waitForStopped(unwanted, 'refused')).rule,
    ]).toEqual([[], 'denied']);
  });

  it('that was taken back lets nothing out until it is given again', async () => {
    const to = nextStranger();
    await sendRpc(to, 'not delivered');
    const { id } = await guarded.waitForStopped(to, 'refused');
    const first = await resolveSend(id, 'send-once');
    expect(await resolveSend(id, 'take-back')).toEqual({ applied: true, state: 'refused', send: null });
    expect(await operator.call('send', { ...first.send })).toMatchObject({ ok: false });
    expect(await guarded.sentTo(to)).toEqual([]);
    await carryOut(await resolveSend(guarded.stoppedFor(to)[0]?.id ?? '', 'send-once'));
    expect(await guarded.sentTo(to)).toEqual(['not delivered']);
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
      const to = nextStranger();
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
  const to = nextStranger();
  const sending = sendRpc(to, 'held over a reload');
  const { id } = await guarded.waitForStopped(to, 'held');
  const reloading = operator.call('plugins.reload', { plugins: [{ pluginId: 'portcullis-guard' }] });
  expect(await resolveSend(id, 'send-once')).toEqual({ applied: true, state: 'allowed', send: null });
  expect(await sending).toMatchObject({ ok: true });
  expect(await reloading).toMatchObject({ ok: true });
  expect(await guarded.sentTo(to)).toEqual(['held over a reload']);
  const other = nextStranger();
  expect(await sendRpc(other, 'after the reload')).toMatchObject({ ok: false });
  expect(await guarded.sentTo(other)).toEqual([]);
});

describe('a policy file that is cut off', () => {
  it('lets out only what the last good one lists, and says so', async () => {
    const text = readFileSync(guarded.files.policy, 'utf8');
    writeFileSync(guarded.files.policy, text.slice(0, text.length / 2));
    const to = nextStranger();
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
