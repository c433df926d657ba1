import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { longestContact } from '../../electron/contract/people.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { answerSend } from './answer.ts';
import { holdTimes } from './hold-times.ts';
import { sharedState } from './shared-state.ts';
import { forgetPace } from './stopped-sends.fixture.ts';
import { pluginVersion } from './version.ts';

const holdMs = 1000;
const listed = '+15551230001';
const stranger = '+15551230099';
let root: string;
let files: GuardFiles;

let gateway: GatewayDouble;

beforeEach(() => {
  vi.useFakeTimers();
  forgetPace();
  root = mkdtempSync(join(tmpdir(), 'portcullis-plugin-'));
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

function restrict(): void {
  const account = { channel: 'imessage', account: 'default', unlisted: 'ask', allowTo: [{ to: listed }] };
  expect(updatePolicy(files, 0, () => ({ ...emptyPolicy, region: 'US', accounts: [account] })).ok).toBe(true);
}

const cancelled = {
  cancel: true,
  cancelReason: expect.any(String) as string,
  metadata: { guardId: expect.any(String) as string },
};
const answerParts = (): Parameters<typeof answerSend>[0] => ({
  state: sharedState(),
  files,
  now: () => Date.now(),
  elapsed: () => performance.now(),
});
const firstId = (): string => readSpool(files).sends[0]?.id ?? '';

describe('a message on its way out', () => {
  it('is not touched without a policy, to listed people, or in the owner’s own web chat', async () => {
    expect(await gateway.send(stranger)).toBeUndefined();
    restrict();
    expect(await gateway.send(listed)).toBeUndefined();
    expect(await gateway.send(`imessage:${listed}`)).toBeUndefined();
    expect(await gateway.send('agent:main:main', 'hi', { channelId: 'webchat' })).toBeUndefined();
    expect(gateway.events).toEqual([]);
  });

  it('is cancelled at our own deadline, well before the gateway would let it go', async () => {
    restrict();
    const sending = gateway.send(stranger);
    await vi.advanceTimersByTimeAsync(holdMs - 1);
    expect(readSpool(files).sends).toMatchObject([{ state: 'held', until: Date.now() + 1 }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await sending).toEqual(cancelled);
    expect(readSpool(files).sends).toMatchObject([{ state: 'refused', until: null, holder: null }]);
    expect(gateway.timeouts.get('message_sending')).toBeGreaterThan(holdMs + 10_000);
  });

  it('held by one instance is answered through another', async () => {
    restrict();
    const other = new GatewayDouble(root, holdMs);
    other.load('discovery');
    const sending = other.send(stranger);
    await vi.advanceTimersByTimeAsync(1);
    expect(answerSend(answerParts(), firstId(), 'send-once', null)).toMatchObject({
      value: { applied: true },
    });
    expect(await sending).toBeUndefined();
    other.service?.stop();
  });

  it('that is tried again joins its refused self instead of piling up', async () => {
    restrict();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const sending = gateway.send(stranger);
      await vi.advanceTimersByTimeAsync(holdMs);
      await sending;
    }
    expect(readSpool(files).sends).toMatchObject([{ attempts: 3, state: 'refused' }]);
  });

  it.each<[string, unknown, unknown]>([
    ['without a recipient', { content: 'x' }, { channelId: 'imessage' }],
    ['without a channel', { to: stranger, content: 'x' }, {}],
    ['of nonsense', 'nonsense', null],
  ])('%s is stopped and nothing is thrown', async (_what, event, context) => {
    restrict();
    expect(await gateway.fire('message_sending', event, context)).toEqual({
      ...cancelled,
      metadata: { guardId: null },
    });
    expect(gateway.warnings).toHaveLength(1);
  });

  it('is held and told in full when its record cannot be written, and an answer still counts', async () => {
    restrict();
    rmSync(files.spool, { recursive: true, force: true });
    writeFileSync(files.spool, 'not a folder');
    const sending = gateway.send(stranger, 'no room');
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(await sending).toEqual(cancelled);
    const told = gateway.events.filter(({ name }) => name === 'blocked').map(({ payload }) => payload);
    expect(told).toMatchObject([
      { state: 'held', entry: { text: 'no room' } },
      { state: 'refused', entry: { text: 'no room', state: 'refused' } },
    ]);
    const { sends } = (await gateway.call('list')) as { sends: { id: string }[] };
    expect(sends).toMatchObject([{ text: 'no room', state: 'refused' }]);
    rmSync(files.spool);
    expect(await gateway.call('resolve', { id: sends[0]?.id, decision: 'deny' })).toMatchObject({
      applied: true,
      state: 'denied',
    });
    expect(await gateway.call('list')).toMatchObject({ sends: [] });
  });
});

describe('a stopping gateway', () => {
  it('does not wait for held messages: they are refused at once, and so is what comes after', async () => {
    restrict();
    const draining = new AbortController();
    gateway.fire('gateway_start', {}, { abortSignal: draining.signal });
    const sending = gateway.send(stranger);
    await vi.advanceTimersByTimeAsync(1);
    draining.abort();
    expect(await sending).toEqual(cancelled);
    expect(await gateway.send('+15551230098')).toEqual(cancelled);
    expect(readSpool(files).sends.map(({ state }) => state)).toEqual(['refused', 'refused']);
    gateway.fire('gateway_start', {}, {});
  });
});

describe('a reply', () => {
  const received = (senderId: string, from = `imessage:${senderId}`): unknown =>
    gateway.fire(
      'message_received',
      { from, content: 'hi', senderId },
      { channelId: 'imessage', conversationId: 'chat_id:11' },
    );

  it('may go to whoever wrote first, and to nobody else', async () => {
    restrict();
    const early = gateway.send('chat_id:11', 'unasked');
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(await early).toEqual(cancelled);
    received(stranger);
    expect(await gateway.send('chat_id:11')).toBeUndefined();
    const direct = gateway.send(stranger);
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(await direct).toEqual(cancelled);
  });

  it('is known after a reload of the plugin', async () => {
    restrict();
    received(stranger);
    const later = new GatewayDouble(root, holdMs);
    later.load();
    expect(await later.send('chat_id:11')).toBeUndefined();
    later.service?.stop();
  });

  it('does not make one group member stand for the group', async () => {
    restrict();
    received(listed, 'imessage:group:11');
    updatePolicy(files, 1, (policy) => ({ ...policy, accounts: policy.accounts }));
    expect(readSpool(files).sends).toEqual([]);
    const { ConversationBook } = await import('../store/conversations.ts');
    expect(new ConversationBook(files.conversations).find('imessage chat_id:11')?.people).toEqual([]);
  });
});

describe('the message tool', () => {
  const call = (params: object): unknown =>
    gateway.fire(
      'before_tool_call',
      { toolName: 'message', params },
      { sessionKey: 'agent:main:main', channelId: 'imessage' },
    );

  it('may read, and sends are left to the delivery hook', async () => {
    restrict();
    for (const action of ['send', 'read', 'reactions'])
      expect(await call({ action, target: stranger })).toBeUndefined();
    expect(
      await gateway.fire('before_tool_call', { toolName: 'exec', params: { command: 'ls' } }, {}),
    ).toBeUndefined();
  });

  it.each([
    'react',
    'poll',
    'reply',
    'sendWithEffect',
    'sendAttachment',
    'upload-file',
    'edit',
    'unsend',
    'renameGroup',
    'leaveGroup',
    'sticker',
    'action-of-tomorrow',
  ])('waits for the owner before it does: %s', async (action) => {
    restrict();
    const calling = call({ action, target: stranger, message: 'x' });
    await vi.advanceTimersByTimeAsync(holdMs);
    expect(await calling).toEqual({
      block: true,
      blockReason: expect.stringContaining('not sent') as string,
    });
    expect(readSpool(files).sends).toMatchObject([{ action, targets: [{ to: stranger }] }]);
  });
});

it('a stranger who asks to pair is announced without their number', () => {
  gateway.fire('channel_pairing_requested', {
    channel: 'imessage',
    accountId: 'default',
    senderId: stranger,
    code: 'X',
  });
  expect(gateway.events).toEqual([
    { name: 'pairing-requested', payload: { channel: 'imessage', account: 'default' } },
  ]);
});

it('takes back whoever it lists, however long, and nobody longer than the app reads', async () => {
  const place = { channel: 'imessage', account: 'default' };
  const [longest, longer] = ['x'.repeat(longestContact), 'x'.repeat(longestContact + 1)];
  for (const contact of [longest, longer]) gateway.approved.add(contact);
  const remove = (contact: string): Promise<unknown> => gateway.call('remove-contact', { ...place, contact });
  expect(await remove(longest)).toEqual({ removed: true });
  expect(await remove(longest)).toEqual({ removed: false });
  expect(await remove(longer)).toMatchObject({ error: { details: { reason: 'bad-request' } } });
  expect(await gateway.call('approved-contacts', place)).toEqual({ ...place, contacts: [longer] });
});

describe('the time to answer', () => {
  const budget = (hooks: object): unknown => ({ plugins: { entries: { 'portcullis-guard': { hooks } } } });
  it.each<[unknown, unknown, number, number]>([
    [undefined, undefined, 60_000, 75_000],
    [{ holdSeconds: 5 }, {}, 5_000, 20_000],
    [{ holdSeconds: 'x' }, {}, 60_000, 75_000],
    [{ holdSeconds: 540 }, {}, 540_000, 555_000],
    [{}, budget({ timeoutMs: 30_000 }), 15_000, 75_000],
    [{}, budget({ timeoutMs: 30_000, timeouts: { message_sending: 90_000 } }), 60_000, 75_000],
    [{}, budget({ timeouts: { message_sending: 10 } }), 5, 75_000],
  ])('for %j in %j is %d ms within %d ms', (configured, config, hold, hook) => {
    expect(holdTimes('message_sending', configured, config)).toEqual({ holdMs: hold, hookTimeoutMs: hook });
  });
});

it('plugin, manifest and package carry one version', () => {
  const versionIn = (name: string): string =>
    z
      .looseObject({ version: z.string() })
      .parse(JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))).version;
  expect([versionIn('package.json'), versionIn('openclaw.plugin.json')]).toEqual([
    pluginVersion,
    pluginVersion,
  ]);
});
