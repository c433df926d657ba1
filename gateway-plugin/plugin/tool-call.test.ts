/** The agent's message tool: whatever a call names as its channel, it is judged by where OpenClaw would let it out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { channelsOfCall } from './call-channels.ts';
import { forgetPace, guarded, stranger } from './stopped-sends.fixture.ts';

const holdMs = 1000;
const listed = '+15551230001';
let root: string;
let files: GuardFiles;
let gateway: GatewayDouble;

beforeEach(() => {
  vi.useFakeTimers();
  forgetPace();
  root = mkdtempSync(join(tmpdir(), 'portcullis-tool-call-'));
  files = guardFiles(root);
  gateway = new GatewayDouble(root, holdMs);
  gateway.config = { channels: { imessage: { cliPath: 'imsg', region: 'AT' } } };
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
  const policy = { ...emptyPolicy, accounts, ...change };
  expect(updatePolicy(files, revision, () => policy).ok).toBe(true);
}

type Turn = 'iMessage turn' | 'web chat' | 'scheduled job';
const turns: Readonly<Record<Turn, object>> = {
  'iMessage turn': { channelId: 'imessage:+15551230055', requester: { channel: 'imessage' } },
  'web chat': { channelId: 'agent:main:main', requester: { channel: 'webchat' } },
  'scheduled job': {},
};

async function call(params: object, turn: object = turns['iMessage turn']): Promise<unknown> {
  const calling = gateway.fire(
    'before_tool_call',
    { toolName: 'message', params },
    { sessionKey: 'agent:main:main', ...turn },
  );
  await vi.advanceTimersByTimeAsync(holdMs);
  return await calling;
}
const stopped = { block: true, blockReason: expect.stringContaining('not sent') as string };
const effect = { action: 'sendWithEffect', message: 'SECRET', effect: 'slam' };

const spellings = [undefined, 'imessage', 'imsg', ' IMESSAGE ', 'webchat', 'nonsense', ''];
const ways = spellings.flatMap((channel) =>
  (Object.keys(turns) as Turn[]).map((turn) => [channel, turn] as const),
);

describe.each(ways)('with the channel %j in the %s', (channel, turn) => {
  it('an action to somebody unlisted waits for the owner', async () => {
    setPolicy();
    expect(await call({ ...effect, channel, target: stranger }, turns[turn])).toEqual(stopped);
    expect(readSpool(files).sends).toMatchObject([{ action: 'sendWithEffect', targets: [{ to: stranger }] }]);
  });

  it('nothing goes to somebody who is blocked, and nobody is asked', async () => {
    setPolicy({ accounts: [], blocked: [{ channel: 'imessage', to: stranger, note: '' }] });
    expect(await call({ ...effect, channel, target: stranger }, turns[turn])).toEqual(stopped);
    expect(readSpool(files).sends).toMatchObject([{ rule: 'blocked' }]);
  });
});

it.each([undefined, 'imsg', 'imessage'])(
  'with the channel %j somebody listed is written to',
  async (channel) => {
    setPolicy();
    for (const turn of Object.values(turns))
      expect(await call({ ...effect, channel, target: listed }, turn)).toBeUndefined();
  },
);

it('where several channels are there, a call that names none is nobody’s guess', async () => {
  gateway.config = { channels: { imessage: {}, telegram: {} } };
  setPolicy();
  expect(await call({ ...effect, target: listed }, turns['scheduled job'])).toEqual(stopped);
  expect(readSpool(files).sends).toMatchObject([{ rule: 'channel' }]);
});

it('what the owner let out once leaves once, also where another channel would let it go anyway', async () => {
  gateway.config = { channels: { imessage: {}, telegram: {} } };
  setPolicy();
  const params = { ...effect, channel: 'telegram', target: stranger };
  expect(await call(params)).toEqual(stopped);
  const id = readSpool(files).sends[0]?.id;
  expect(await gateway.call('resolve', { id, decision: 'send-once' })).toMatchObject({ applied: true });
  expect(await call(params)).toBeUndefined();
  expect(readSpool(files).sends).toEqual([]);
  expect(await call(params)).toEqual(stopped);
});

it.each<[string | null, string | null, readonly string[] | null, readonly string[]]>([
  ['imessage', null, ['imessage'], ['imessage']],
  ['telegram', 'imessage', ['imessage', 'telegram'], ['telegram', 'imessage']],
  ['telegram', 'imessage', ['imessage'], ['']],
  [null, 'heartbeat', ['imessage'], ['imessage']],
  [null, 'imessage', ['imessage', 'telegram'], ['imessage']],
  [null, null, ['imessage', 'telegram'], ['']],
  [null, null, null, ['']],
  ['imsg', null, null, ['imessage']],
])('named %j in a turn of %j, with %j set up, is judged by %j', (named, turn, configured, channels) => {
  expect(channelsOfCall(named, turn, configured)).toEqual(channels);
});

describe('the people of a call', () => {
  it('go on canonically, and national numbers by the country the channel dials in', async () => {
    setPolicy({ accounts: [{ ...guarded, allowTo: [{ to: '+436641234567', until: null, note: '' }] }] });
    const params = { ...effect, target: '0664 123 45 67' };
    expect(await call(params)).toEqual({ params: { ...params, target: '+436641234567' } });
    expect(await call({ action: 'send', target: '0664 123 45 67', message: 'x' })).toEqual({
      params: { action: 'send', target: '+436641234567', message: 'x' },
    });
    gateway.config = { channels: { imessage: {} } };
    expect(await call({ ...effect, target: '0664 123 45 67' })).toEqual(stopped);
  });

  it('are not understood where a chat is named by a loose spelling', async () => {
    setPolicy();
    expect(await call({ ...effect, chatGuid: `iMessage;-;${listed}` })).toBeUndefined();
    expect(await call({ ...effect, chatGuid: 'iMessage;-;+1 (555) 123-0001' })).toEqual(stopped);
    expect(readSpool(files).sends).toMatchObject([{ rule: 'address' }]);
  });
});

describe('a call that names nobody', () => {
  const wrote = (conversationId: string): unknown =>
    gateway.fire(
      'message_received',
      { from: `imessage:${stranger}`, content: 'hi', senderId: stranger, sessionKey: 'agent:main:main' },
      { channelId: 'imessage', conversationId },
    );

  it('is a reply in the chat with the person of the turn', async () => {
    setPolicy();
    wrote('chat_id:11');
    const turn = { channelId: `imessage:${stranger}`, requester: { channel: 'imessage' } };
    expect(await call({ action: 'react', emoji: '👍' }, turn)).toBeUndefined();
  });

  it('is none in the turn of somebody else, nor without a turn', async () => {
    setPolicy();
    wrote('chat_id:11');
    expect(await call({ action: 'react', emoji: '👍' })).toEqual(stopped);
    expect(await call({ action: 'react', emoji: '👎' }, { sessionKey: 'agent:main:other' })).toEqual(stopped);
    expect(
      readSpool(files)
        .sends.map(({ targets }) => targets[0]?.to)
        .sort(),
    ).toEqual(['(not named)', 'imessage:+15551230055']);
  });
});

it('a group that may hold somebody who is blocked gets no reply unasked', async () => {
  const inGroup = {
    from: 'imessage:group:11',
    content: 'hi',
    senderId: listed,
    sessionKey: 'agent:main:main',
  };
  gateway.fire('message_received', inGroup, { channelId: 'imessage', conversationId: 'chat_id:11' });
  const react = { action: 'react', emoji: '👍', chatId: 11 };
  setPolicy();
  expect(await call(react)).toBeUndefined();
  setPolicy({ blocked: [{ channel: 'imessage', to: stranger, note: '' }] });
  expect(await call(react)).toEqual(stopped);
});
