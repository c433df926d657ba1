import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ShownSend } from '../../electron/contract/guard/blocked-send.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { forgetPace, guarded, other, stranger } from './stopped-sends.fixture.ts';
import { limitLiftedMs, surplusDeniedMs } from './surplus.ts';

const holdMs = 10_000;
const minute = 60_000;
const friends = ['+15551230001', '+15551230002', '+15551230003', '+15551230004', '+15551230005'];
let root: string;
let files: GuardFiles;
let gateway: GatewayDouble;

beforeEach(() => {
  vi.useFakeTimers();
  root = mkdtempSync(join(tmpdir(), 'portcullis-surplus-'));
  files = guardFiles(root);
  forgetPace();
  gateway = new GatewayDouble(root, holdMs);
  gateway.load();
  gateway.fire('gateway_start', {}, {});
  setPolicy();
});
afterEach(() => {
  gateway.service?.stop();
  vi.useRealTimers();
  rmSync(root, { recursive: true, force: true });
});

function setPolicy(change: Partial<Policy> = {}): void {
  const state = readPolicyState(files);
  const revision = state.status === 'ready' ? state.policy.revision : 0;
  const allowTo = friends.map((to) => ({ to, until: null, note: '' }));
  const policy = { ...emptyPolicy, region: 'US', accounts: [{ ...guarded, allowTo }], ...change };
  expect(updatePolicy(files, revision, () => policy).ok).toBe(true);
}

interface Sending {
  /** Null: still waiting. */
  outcome: 'sent' | 'stopped' | null;
}

function send(to: string, text: string, context: object = {}): Sending {
  const sending: Sending = { outcome: null };
  void Promise.resolve(gateway.send(to, text, context)).then((answer) => {
    sending.outcome = answer === undefined ? 'sent' : 'stopped';
  });
  return sending;
}

/** To friends, in turn, a tenth of a second apart. */
async function sendMany(count: number): Promise<Sending[]> {
  const sendings: Sending[] = [];
  for (let index = 0; index < count; index += 1) {
    sendings.push(send(friends[index % friends.length] ?? '', `message ${String(index)}`));
    await vi.advanceTimersByTimeAsync(100);
  }
  return sendings;
}

const outcomes = (sendings: readonly Sending[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const { outcome } of sendings)
    counted[outcome ?? 'waiting'] = (counted[outcome ?? 'waiting'] ?? 0) + 1;
  return counted;
};

async function listed(): Promise<readonly ShownSend[]> {
  return ((await gateway.call('list')) as { sends: readonly ShownSend[] }).sends;
}

async function answer(decision: string): Promise<unknown> {
  const [asked] = await listed();
  const answered = await gateway.call('resolve', { id: asked?.id, decision, shown: asked?.shown });
  await vi.advanceTimersByTimeAsync(1);
  return answered;
}

describe('more messages than the limit of a minute', () => {
  it('leave as far as it goes; the rest waits as one request and is refused without an answer', async () => {
    const sendings = await sendMany(25);
    expect(outcomes(sendings)).toEqual({ sent: 20, waiting: 5 });
    expect(sendings.slice(0, 20).every(({ outcome }) => outcome === 'sent')).toBe(true);
    const [asked, ...others] = await listed();
    expect(others).toEqual([]);
    expect(asked).toMatchObject({
      state: 'held',
      rule: 'limit',
      attempts: 5,
      text: '',
      targets: friends.map((key) => ({ key })),
      surplus: { limit: { inAll: 20, toOne: 20 } },
    });
    expect(asked?.surplus?.messages).toEqual(
      friends.map((to, index) => ({ to, text: `message ${String(20 + index)}`, textComplete: true })),
    );
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(outcomes(sendings)).toEqual({ sent: 20, stopped: 5 });
    expect(await listed()).toMatchObject([{ id: asked?.id, state: 'refused', attempts: 5, until: null }]);
  });

  it('get a clear reason, and join the same request when they are tried again', async () => {
    await sendMany(21);
    const again = gateway.send(friends[0] ?? '', 'again');
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(await again).toMatchObject({
      cancel: true,
      cancelReason: expect.stringContaining('more messages within a minute') as string,
    });
    expect(await listed()).toMatchObject([{ state: 'refused', attempts: 2 }]);
  });

  it('may leave again as soon as those before are a minute old', async () => {
    await sendMany(20);
    await vi.advanceTimersByTimeAsync(minute - 2_000);
    expect(outcomes(await sendMany(1))).toEqual({ sent: 1 });
    expect(await listed()).toEqual([]);
  });

  it('wait in a bounded number; those after them are refused at once and counted', async () => {
    await sendMany(20);
    const sendings = Array.from({ length: 205 }, (_, index) =>
      send(friends[0] ?? '', `more ${String(index)}`),
    );
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes(sendings)).toEqual({ waiting: 200, stopped: 5 });
    const [asked] = await listed();
    expect(asked).toMatchObject({ state: 'held', attempts: 205 });
    expect(asked?.surplus?.messages.map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, index) => `more ${String(185 + index)}`),
    );
  });

  it('of a gateway run that ended are one request with those of the next', async () => {
    await sendMany(21);
    await vi.advanceTimersByTimeAsync(holdMs);
    forgetPace();
    await sendMany(21);
    expect(await listed()).toMatchObject([{ state: 'held', attempts: 2 }]);
  });

  it('cannot be let out by setting the clock forward', async () => {
    await sendMany(20);
    vi.setSystemTime(Date.now() + 24 * 60 * minute);
    expect(outcomes(await sendMany(1))).toEqual({ waiting: 1 });
  });

  it('go together with what the limit of one recipient stops, however they are written to', async () => {
    setPolicy({ limit: { inAll: 20, toOne: 2 } });
    gateway.fire(
      'message_received',
      { from: `imessage:${friends[0] ?? ''}`, content: 'hi', senderId: friends[0] },
      { channelId: 'imessage', conversationId: 'chat_id:11' },
    );
    const sendings = [friends[0], 'chat_id:11', friends[0], 'chat_id:11', friends[1]].map((to) =>
      send(to ?? '', 'x'),
    );
    await vi.advanceTimersByTimeAsync(1);
    expect(sendings.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', null, null, 'sent']);
    expect(await listed()).toMatchObject([{ attempts: 2 }]);
  });

  it('are not counted where no rules were ever made', async () => {
    const sendings = Array.from({ length: 30 }, () => send('@anybody', 'x', { channelId: 'telegram' }));
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes(sendings)).toEqual({ sent: 30 });
    expect(outcomes(await sendMany(20))).toEqual({ sent: 20 });
  });
});

describe('the answer', () => {
  it('that lets the rest go frees those that wait and, for an hour, those that come', async () => {
    const sendings = await sendMany(25);
    expect(await answer('allow-hour')).toMatchObject({ applied: true, state: 'sent', send: null });
    expect(outcomes(sendings)).toEqual({ sent: 25 });
    expect(await listed()).toEqual([]);
    expect(gateway.events.at(-1)).toMatchObject({ name: 'settled', payload: { state: 'sent' } });
    expect(outcomes(await sendMany(40))).toEqual({ sent: 40 });
    await vi.advanceTimersByTimeAsync(limitLiftedMs);
    expect(outcomes(await sendMany(21))).toEqual({ sent: 20, waiting: 1 });
  });

  it('that lets the rest go lets out nobody the rules have refused meanwhile', async () => {
    const sendings = await sendMany(21);
    setPolicy({ accounts: [{ ...guarded, unlisted: 'deny' }] });
    await answer('allow-hour');
    expect(outcomes(sendings)).toEqual({ sent: 20, stopped: 1 });
    expect(readSpool(files).sends).toMatchObject([{ rule: 'unlisted', state: 'refused' }]);
  });

  it('that denies stops the rest at once, and nobody is asked again for ten minutes', async () => {
    const sendings = await sendMany(25);
    expect(await answer('deny')).toMatchObject({ applied: true, state: 'denied' });
    expect(outcomes(sendings)).toEqual({ sent: 20, stopped: 5 });
    expect(outcomes(await sendMany(3))).toEqual({ stopped: 3 });
    expect(await listed()).toEqual([]);
    await vi.advanceTimersByTimeAsync(surplusDeniedMs);
    expect(outcomes(await sendMany(21))).toEqual({ sent: 20, waiting: 1 });
  });

  it('counts although more have joined since it was shown', async () => {
    await sendMany(21);
    const [asked] = await listed();
    const later = await sendMany(2);
    expect(
      await gateway.call('resolve', { id: asked?.id, decision: 'allow-hour', shown: asked?.shown }),
    ).toMatchObject({ applied: true });
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes(later)).toEqual({ sent: 2 });
  });

  it('to a request nobody waits in any more counts for what comes', async () => {
    const sendings = await sendMany(21);
    await vi.advanceTimersByTimeAsync(holdMs);
    await answer('allow-hour');
    expect(outcomes(sendings)).toEqual({ sent: 20, stopped: 1 });
    expect(outcomes(await sendMany(25))).toEqual({ sent: 25 });
  });

  it.each(['send-once', 'allow-always', 'never'])(
    'cannot be %s: it is about nobody in particular',
    async (decision) => {
      const sendings = await sendMany(21);
      expect(await answer(decision)).toMatchObject({ error: { details: { reason: 'not-understood' } } });
      expect(outcomes(sendings)).toEqual({ sent: 20, waiting: 1 });
    },
  );

  it('lets nothing go while all sends are paused', async () => {
    const sendings = await sendMany(21);
    setPolicy({ paused: true });
    expect(await answer('allow-hour')).toMatchObject({ error: { details: { reason: 'paused' } } });
    expect(outcomes(sendings)).toEqual({ sent: 20, waiting: 1 });
  });
});

it('what the owner let out by itself is never too much, and counts', async () => {
  setPolicy({ limit: { inAll: 2, toOne: 2 } });
  await sendMany(2);
  const strange = send(stranger, 'hello');
  await vi.advanceTimersByTimeAsync(1);
  await answer('send-once');
  expect(strange.outcome).toBe('sent');
  await vi.advanceTimersByTimeAsync(minute - 50);
  // The first two are a minute old, that one is not.
  const sendings = [send(friends[0] ?? '', 'third'), send(friends[1] ?? '', 'fourth')];
  await vi.advanceTimersByTimeAsync(1);
  expect(outcomes(sendings)).toEqual({ sent: 1, waiting: 1 });
});

it('a message stopped for another reason is asked about by itself', async () => {
  await sendMany(21);
  send(other, 'unlisted');
  await vi.advanceTimersByTimeAsync(1);
  expect((await listed()).map(({ rule }) => rule)).toEqual(['limit', 'unlisted']);
});

describe('what goes to an address of the owner’s own', () => {
  const [mine, friend] = friends as [string, string];
  const own = [{ channel: 'imessage', to: mine }];

  it('is never too much, and takes nothing of the limit for others', async () => {
    setPolicy({ limit: { inAll: 2, toOne: 2 }, content: { ...emptyPolicy.content, own } });
    const toMe = Array.from({ length: 30 }, (_, index) => send(mine, `note ${String(index)}`));
    const toFriend = Array.from({ length: 3 }, (_, index) => send(friend, `hello ${String(index)}`));
    const again = send(mine, 'one more');
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes(toMe)).toEqual({ sent: 30 });
    expect(outcomes(toFriend)).toEqual({ sent: 2, waiting: 1 });
    expect(again.outcome).toBe('sent');
  });

  it('counts in a group, and on another channel', async () => {
    setPolicy({
      limit: { inAll: 2, toOne: 2 },
      content: { ...emptyPolicy.content, own: [...own, { channel: 'whatsapp', to: friend }] },
    });
    gateway.fire(
      'message_received',
      { from: 'imessage:group:12', content: 'hi', senderId: mine },
      { channelId: 'imessage', conversationId: 'chat_id:12' },
    );
    const sendings = ['chat_id:12', friend, friend].map((to) => send(to, 'x'));
    await vi.advanceTimersByTimeAsync(1);
    expect(sendings.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', null]);
  });
});
