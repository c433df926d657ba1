import { beforeEach, describe, expect, it } from 'vitest';
import type { GuardSetupInput } from '../../contract/guard/guard-view.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import { brought } from './guard-plugin.double.ts';
import { plugin, setupWorld, strict, type SetupWorld } from './guard-setup.fixture.ts';
import { takeoverBeatMs, takeoverDeadlineMs } from './waiting.ts';

let world: SetupWorld;

beforeEach(() => {
  world = setupWorld();
});

describe('set-up', () => {
  it.each<[string, GuardSetupInput, () => void, object]>([
    [
      'of the plugin is done when it answers with our version and stopped the test',
      plugin('install'),
      () => (world.plugin.version = brought),
      { plugin: 'stopped', strict: [], at: 42 },
    ],
    [
      'of strict mode is done when it is in place, its channel was started anew, and it stopped the test',
      strict('install'),
      () => {
        world.installer.become('on');
        world.plugin.channels = { imessage: [{ accountId: 'default', connected: true, lastStartAt: 2 }] };
      },
      { plugin: 'not-tested', strict: [{ account: 'default', result: 'stopped' }], at: 42 },
    ],
  ])('%s', async (_what, input, onApplied, test) => {
    world.plugin.version = null;
    world.installer.onApplied = onApplied;
    expect(await world.apply(input)).toEqual(ok(null));
    await world.becomes('done');
    expect(world.steps()).toEqual(['files', 'config', 'waiting-for-gateway', 'self-test', 'done']);
    expect(world.views.at(-1)).toEqual({ state: 'done', input, test });
    expect(world.noted).toEqual([{ kind: 'setup', part: input.part, action: 'install', outcome: 'done' }]);
    expect(world.timers.armed).toBe(0);
  });

  it.each<[string, GuardSetupInput, () => void]>([
    ['the plugin', plugin('remove'), () => (world.plugin.version = null)],
    ['strict mode', strict('remove'), () => world.installer.become('off')],
  ])('removes %s without a test', async (_what, input, onApplied) => {
    world.installer.become('on');
    world.plugin.channels = { imessage: [{ accountId: 'default', connected: false }] };
    world.installer.onApplied = onApplied;
    await world.apply(input);
    await world.becomes('done');
    expect([world.steps(), world.views.at(-1)]).toEqual([
      ['files', 'config', 'waiting-for-gateway', 'done'],
      { state: 'done', input, test: null },
    ]);
    expect(world.noted).toEqual([{ kind: 'setup', part: input.part, action: 'remove', outcome: 'done' }]);
  });

  it('where nothing is connected cannot be tested and says so', async () => {
    world.plugin.channels = {};
    await world.apply(plugin('install'));
    await world.becomes('done');
    expect(world.views.at(-1)).toMatchObject({ test: { plugin: 'not-tested' } });
  });
});

describe('waiting for the gateway', () => {
  it.each<[string, GuardSetupInput, () => void, () => void]>([
    [
      'goes on until the new version answers',
      plugin('update'),
      () => (world.plugin.version = '0.1.0'),
      () => (world.plugin.version = brought),
    ],
    [
      'outlasts a gateway that is away',
      plugin('install'),
      () => (world.instead.failure = 'CONNECTION_LOST'),
      () => (world.instead.failure = null),
    ],
    [
      'outlasts the channel that is being started',
      plugin('install'),
      () => (world.plugin.channels = {}),
      () => (world.plugin.channels = { imessage: [{ accountId: 'default', connected: true }] }),
    ],
    [
      'does not take the channel from before for the one started since',
      strict('install'),
      () => world.installer.become('on'),
      () =>
        (world.plugin.channels = { imessage: [{ accountId: 'default', connected: true, lastStartAt: 2 }] }),
    ],
  ])('%s', async (_what, input, onApplied, arrives) => {
    world.installer.onApplied = onApplied;
    await world.apply(input);
    await world.waits();
    world.timers.advance(takeoverBeatMs);
    await world.waits();
    arrives();
    world.timers.advance(takeoverBeatMs);
    await world.becomes('done');
  });

  it('looks at once when told that something changed, and not on its own before the beat', async () => {
    world.installer.onApplied = () => (world.plugin.version = null);
    await world.apply(plugin('install'));
    await world.waits();
    const asked = world.asked.length;
    world.timers.advance(takeoverBeatMs - 1);
    expect(world.asked).toHaveLength(asked);
    world.plugin.version = brought;
    world.setup.nudge();
    await world.becomes('done');
  });
});

describe('what goes wrong is put back', () => {
  const failed = (input: GuardSetupInput, message: RegExp, undone = true) => ({
    state: 'failed',
    input,
    undone,
    error: { code: 'setup-failed', message: expect.stringMatching(message) as string },
  });

  it('when the gateway does not take it over in time', async () => {
    world.plugin.version = null;
    await world.apply(plugin('install'));
    await world.waits();
    world.timers.advance(takeoverDeadlineMs);
    await world.becomes('failed');
    expect(world.views.at(-1)).toMatchObject(failed(plugin('install'), /in time/));
    expect([world.installer.changes, world.steps().at(-2), world.timers.armed]).toEqual([
      ['apply plan-1', 'undo plan-1'],
      'undo',
      0,
    ]);
    expect(world.noted).toMatchObject([{ part: 'plugin', outcome: 'undone' }]);
  });

  it.each<[string, GuardSetupInput, () => void]>([
    ['the plugin', plugin('install'), () => (world.plugin.stops = false)],
    ['a plugin that cannot be tested', plugin('install'), () => (world.plugin.selfTests = null)],
    ['the transport guard', strict('install'), () => (world.installer.transport = ok('not-stopped'))],
  ])('when %s did not stop the test', async (_what, input, happens) => {
    world.plugin.channels = { imessage: [{ accountId: 'default', connected: true }] };
    world.installer.become('on');
    happens();
    await world.apply(input);
    await world.becomes('failed');
    expect(world.views.at(-1)).toMatchObject(failed(input, /not stopped/));
    expect(world.installer.changes.at(-1)).toBe('undo plan-1');
  });

  it('unless that fails too: then the error says what is left to do', async () => {
    world.plugin.stops = false;
    world.installer.undoing = fail(appError('config-changed', 'The config was changed meanwhile.'));
    await world.apply(plugin('install'));
    await world.becomes('failed');
    expect(world.views.at(-1)).toMatchObject(
      failed(plugin('install'), /config was changed meanwhile/, false),
    );
    expect(world.noted).toMatchObject([{ part: 'plugin', outcome: 'failed' }]);
  });

  it('but what could not be applied changed nothing and is not undone', async () => {
    const error = appError('config-changed', 'The config was changed meanwhile.', true);
    world.installer.applying = fail(error);
    await world.apply(plugin('install'));
    await world.becomes('failed');
    expect([world.views.at(-1), world.installer.changes]).toEqual([
      { state: 'failed', input: plugin('install'), error, undone: true },
      ['apply plan-1'],
    ]);
  });

  it('also when something unexpected happens', async () => {
    world.installer.testTransport = () => Promise.reject(new Error('a bug'));
    world.installer.become('on');
    world.plugin.channels = {};
    await world.apply(strict('install'));
    await world.becomes('failed');
    expect([world.views.at(-1), world.installer.changes.at(-1)]).toMatchObject([
      { error: { code: 'internal' }, undone: true },
      'undo plan-1',
    ]);
  });
});
