import { beforeEach, describe, expect, it } from 'vitest';
import { selfTestAddress } from '../../contract/guard/self-test.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import { silentLogger } from '../gateway/outside.double.ts';
import { guardWorld, type GuardWorld } from './guard.fixture.ts';
import { testEveryLayer, testPlugin, type SelfTestParts } from './self-test.ts';

let world: GuardWorld;
let parts: SelfTestParts;

beforeEach(() => {
  world = guardWorld();
  parts = {
    calls: world.calls,
    request: world.request,
    installer: world.installer,
    isLocal: () => world.local.now,
    clock: { now: () => 42 },
    random: { fraction: () => 0, token: () => 'random' },
    logger: silentLogger,
  };
});

describe('the plugin', () => {
  it('is sent a message to an address nobody can have, through iMessage before others', async () => {
    world.plugin.channels = {
      telegram: [{ accountId: 'bot', connected: true }],
      imessage: [
        { accountId: 'off', connected: false },
        { accountId: 'default', running: true },
      ],
    };
    expect(await testPlugin(parts)).toBe('stopped');
    expect(world.plugin.sent).toEqual([
      {
        channel: 'imessage',
        accountId: 'default',
        to: selfTestAddress,
        message: 'Portcullis self-test',
        idempotencyKey: 'portcullis-self-test-random',
      },
    ]);
  });

  it.each<[string, () => void, string]>([
    ['lets it out', () => (world.plugin.stops = false), 'not-stopped'],
    ['is not in the gateway', () => (world.plugin.version = null), 'absent'],
    ['does not know the test', () => (world.plugin.selfTests = null), 'too-old'],
    [
      'was not asked, because sending failed before it',
      () => Object.assign(world.instead, { failure: 'UNAVAILABLE', only: 'send' }),
      'not-stopped',
    ],
    ['cannot be reached through anything known', () => (world.plugin.channels = null), 'not-stopped'],
    ['has no channel', () => (world.plugin.channels = {}), 'no-channel'],
    [
      'has no connected channel',
      () => (world.plugin.channels = { imessage: [{ accountId: 'default', connected: false }] }),
      'no-channel',
    ],
  ])('that %s', async (_what, happens, result) => {
    happens();
    expect(await testPlugin(parts)).toBe(result);
  });
});

describe('every layer', () => {
  it('in place is tested', async () => {
    world.installer.become('on');
    expect(await testEveryLayer(parts)).toEqual({
      plugin: 'stopped',
      strict: [{ account: 'default', result: 'stopped' }],
      at: 42,
    });
  });

  it.each(['off', 'not-offered', 'unknown'] as const)('but no transport guard that is %s', async (strict) => {
    world.installer.become(strict);
    expect((await testEveryLayer(parts)).strict).toEqual([]);
  });

  it('of a gateway elsewhere is the plugin alone', async () => {
    world.installer.become('on');
    world.local.now = false;
    expect(await testEveryLayer(parts)).toMatchObject({ plugin: 'stopped', strict: [] });
  });

  it.each([
    ['lets it through', ok('not-stopped' as const)],
    ['cannot be run', fail(appError('setup-failed', 'No imsg.'))],
  ])('does not count as stopping when it %s', async (_what, transport) => {
    world.installer.become('broken');
    world.installer.transport = transport;
    expect((await testEveryLayer(parts)).strict).toEqual([{ account: 'default', result: 'not-stopped' }]);
  });

  it('that is missing is not called tested', async () => {
    world.plugin.version = null;
    expect(await testEveryLayer(parts)).toMatchObject({ plugin: 'not-tested' });
  });
});
