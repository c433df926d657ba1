import { beforeEach, describe, expect, it } from 'vitest';
import { unknownGuard } from '../../contract/guard/guard-view.ts';
import { emptyPolicy } from '../../contract/guard/policy.ts';
import { guardBeatMs } from './guard-keeper.ts';

/** Longer than anything would wait to look once after a burst. */
const guardSoonMs = 5_000;
import { guardWorld, type GuardWorld } from './guard.fixture.ts';

let world: GuardWorld;

beforeEach(() => {
  world = guardWorld();
});

const pluginState = (): string => world.keeper.view.plugin.state;
/** Everything under way has come to rest: one more look was answered. */
const settles = async (): Promise<void> => world.keeper.look();

describe('on connecting', () => {
  it('finds the plugin, its rules and the accounts of a local gateway', async () => {
    await world.keeper.connected();
    expect(world.keeper.view).toMatchObject({
      plugin: { state: 'present', match: 'same', holdSeconds: 60 },
      policy: { status: 'ready', revision: 1 },
      accounts: [{ channel: 'imessage', account: 'default', unlisted: null, strict: 'off' }],
    });
    expect([world.keeper.offersSends(), world.keeper.gate, world.keeper.region, world.news]).toEqual([
      true,
      'open',
      'US',
      ['change', 'offer'],
    ]);
  });

  it('finds no plugin where the gateway does not know its methods', async () => {
    world.plugin.version = null;
    await world.keeper.connected();
    expect([pluginState(), world.keeper.offersSends(), world.news]).toEqual(['absent', false, ['change']]);
  });

  it.each(['TIMEOUT', 'CONNECTION_LOST', 'UNAVAILABLE', 'BAD_ANSWER'])(
    'knows nothing when the answer is %s, and asks again on the beat',
    async (code) => {
      world.instead.failure = code;
      await world.keeper.connected();
      expect([world.keeper.view, world.news]).toEqual([unknownGuard, []]);
      world.instead.failure = null;
      world.timers.advance(guardBeatMs);
      await settles();
      expect(pluginState()).toBe('present');
    },
  );

  it('takes a plugin that answers nonsense for none it knows', async () => {
    world.plugin.version = '';
    await world.keeper.connected();
    expect(pluginState()).toBe('unknown');
  });

  it('does not read this machine’s config for a gateway elsewhere', async () => {
    world.local.now = false;
    await world.keeper.connected();
    expect([pluginState(), world.keeper.view.accounts]).toEqual(['present', []]);
  });
});

describe('afterwards', () => {
  beforeEach(async () => {
    await world.keeper.connected();
  });

  it.each<[string, () => void]>([
    ['the config changed', () => world.keeper.event({ name: 'config.changed', payload: {} })],
    [
      'the plugin says that the rules changed',
      () => world.keeper.event({ name: 'plugin.portcullis-guard.rules-changed', payload: { revision: 2 } }),
    ],
    ['the beat came', () => world.timers.advance(guardBeatMs)],
  ])('looks again when %s', async (_what, happens) => {
    world.plugin.policy = { ...emptyPolicy, revision: 2, paused: true };
    happens();
    await settles();
    expect([world.keeper.view.paused, world.keeper.gate]).toEqual([true, 'paused']);
  });

  it.each([
    ['reads no rules that are the same', true, ['status', 'status', 'rules.get']],
    [
      'reads the rules each time from a plugin that does not tell',
      false,
      ['status', 'rules.get', 'status', 'rules.get'],
    ],
  ])('%s', async (_what, tells, asked) => {
    world.plugin.tellsDigest = tells;
    const before = world.asked.length;
    await settles();
    // By hand: the revision stays.
    world.plugin.policy = { ...emptyPolicy, revision: 1, paused: true };
    await settles();
    expect(world.asked.slice(before).map((method) => method.slice('portcullis-guard.'.length))).toEqual(
      asked,
    );
    expect(world.keeper.view.paused).toBe(true);
  });

  it.each(['blocked', 'settled'])('asks nothing for a message that was %s', (what) => {
    const before = world.asked.length;
    world.keeper.event({ name: `plugin.portcullis-guard.${what}`, payload: {} });
    world.timers.advance(guardSoonMs);
    expect(world.asked).toHaveLength(before);
  });

  it('takes no answers for a plugin from before it compared what was shown', async () => {
    world.plugin.protocol = null;
    await settles();
    expect([world.keeper.gate, world.keeper.view.plugin]).toMatchObject(['old-plugin', { match: 'older' }]);
  });

  it('does not look for events of others', () => {
    const before = world.asked.length;
    world.keeper.event({ name: 'plugin.another.blocked', payload: {} });
    world.timers.advance(guardSoonMs);
    expect(world.asked).toHaveLength(before);
  });

  it('shows the identical view while nothing changed', async () => {
    const { view } = world.keeper;
    await settles();
    expect([world.keeper.view === view, world.news]).toEqual([true, ['change', 'offer']]);
  });

  it('keeps what it knows when a look fails', async () => {
    world.instead.failure = 'TIMEOUT';
    await settles();
    expect(pluginState()).toBe('present');
  });

  it('shares one more look among all who ask during one', async () => {
    const before = world.asked.length;
    await Promise.all([settles(), settles(), settles()]);
    expect(world.asked).toHaveLength(before + 2);
  });

  it('knows nothing once the connection is lost, and drops what still comes', async () => {
    const held = Promise.withResolvers<undefined>();
    world.instead.answer = held.promise;
    const look = settles();
    world.keeper.disconnected();
    held.resolve(undefined);
    await look;
    expect([world.keeper.view, world.timers.armed]).toEqual([unknownGuard, 0]);
  });

  it('shows rules we stored at once, and never the older ones of a look under way', async () => {
    const held = Promise.withResolvers<undefined>();
    world.instead.answer = held.promise;
    const look = settles();
    const stored = { ...emptyPolicy, revision: 9, paused: true };
    world.plugin.policy = stored;
    world.keeper.rulesStored(stored);
    expect(world.keeper.view).toMatchObject({ paused: true, policy: { revision: 9 } });
    held.resolve(undefined);
    await look;
    expect(world.keeper.view.policy).toEqual({ status: 'ready', revision: 9 });
  });

  it('says when what the guard stopped cannot be answered any more, also after a break', async () => {
    world.keeper.disconnected();
    world.plugin.version = null;
    await world.keeper.connected();
    expect([pluginState(), world.news.filter((what) => what !== 'change')]).toEqual([
      'absent',
      ['offer', 'notice', 'gone'],
    ]);
  });
});
