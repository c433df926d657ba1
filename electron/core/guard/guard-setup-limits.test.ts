import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { plugin, setupWorld, strict, type SetupWorld } from './guard-setup.fixture.ts';

let world: SetupWorld;

beforeEach(() => {
  world = setupWorld();
});

describe('one thing at a time', () => {
  it('refuses a second change and a test while one is under way', async () => {
    const gate = Promise.withResolvers<undefined>();
    world.installer.gate = gate.promise.then(() => undefined);
    await world.apply(plugin('install'));
    expect(await world.apply(plugin('remove'))).toMatchObject({ error: { code: 'setup-failed' } });
    expect(await world.setup.test()).toMatchObject({ error: { code: 'setup-failed' } });
    gate.resolve(undefined);
    await world.becomes('done');
    expect(world.installer.changes).toEqual(['apply plan-1']);
  });

  it('applies the newest preview only, and once', async () => {
    const older = await world.setup.plan(plugin('install'));
    const newer = await world.setup.plan(plugin('update'));
    if (!older.ok || !newer.ok) throw new Error('No plan.');
    expect(world.setup.apply(older.value.id)).toMatchObject({ error: { code: 'config-changed' } });
    expect(world.setup.apply(newer.value.id)).toEqual(ok(null));
    await world.becomes('done');
    expect(world.setup.apply(newer.value.id)).toMatchObject({ error: { code: 'config-changed' } });
    expect(world.installer.changes).toEqual(['apply plan-2']);
  });

  it('when stopped waits for files being written, leaves what was applied, and waits for no gateway', async () => {
    world.plugin.version = null;
    const gate = Promise.withResolvers<undefined>();
    world.installer.gate = gate.promise.then(() => undefined);
    await world.apply(plugin('install'));
    let stopped = false;
    const stopping = world.setup.stop().then(() => (stopped = true));
    await expect.poll(() => world.installer.changes).toEqual(['apply plan-1']);
    expect(stopped).toBe(false);
    gate.resolve(undefined);
    await stopping;
    expect([world.installer.changes, world.timers.armed]).toEqual([['apply plan-1'], 0]);
  });
});

describe('is refused', () => {
  it.each<[string, () => void, string]>([
    ['while not connected', () => (world.circumstances.connected = false), 'not-connected'],
    ['for a gateway on another machine', () => (world.local.now = false), 'config-not-editable'],
  ])('%s', async (_what, happens, code) => {
    happens();
    expect(await world.setup.plan(plugin('install'))).toMatchObject({ error: { code } });
  });

  it('for a gateway on another machine with what to run there', async () => {
    world.local.now = false;
    expect(await world.setup.plan(plugin('remove'))).toMatchObject({
      error: { message: expect.stringContaining('openclaw plugins uninstall portcullis-guard') as string },
    });
    expect(await world.setup.plan(strict('install'))).toMatchObject({
      error: { message: expect.stringContaining('npm start -- --headless') as string },
    });
  });

  it.each<[string, () => void, string]>([
    ['while the screen is locked', () => (world.circumstances.screenLocked = true), 'not-armed'],
    [
      'when the connection went away after the preview',
      () => (world.circumstances.connected = false),
      'not-connected',
    ],
  ])('%s', async (_what, happens, code) => {
    const planned = await world.setup.plan(plugin('install'));
    happens();
    expect(world.setup.apply(planned.ok ? planned.value.id : '')).toMatchObject({ error: { code } });
    expect(world.installer.changes).toEqual([]);
  });
});

it('tests on its own and remembers the result', async () => {
  const test = { plugin: 'stopped', strict: [], at: 42 };
  expect(await world.setup.test()).toEqual(ok(test));
  expect(world.views).toEqual([{ state: 'idle', lastTest: test }]);
  world.circumstances.connected = false;
  expect(await world.setup.test()).toMatchObject({ error: { code: 'not-connected' } });
});
