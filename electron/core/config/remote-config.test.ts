import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { configWorld, usualImessage, type ConfigWorld } from './config-world.double.ts';
import { lostConnection } from './remote-gateway.double.ts';

const admitted = ['+15550000001', '+15550000002'];
let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
  world.plugin.contacts = admitted;
  world.local.now = false;
  await world.look();
});

const plan = async (to: 'ignore' | 'answer' = 'ignore') =>
  world.silence.plan({ account: 'default', to, until: null });

/** Previewed and started. */
async function starts(to: 'ignore' | 'answer' = 'ignore'): Promise<void> {
  const planned = await plan(to);
  if (!planned.ok) throw new Error(planned.error.message);
  expect(await world.silence.apply(planned.value.id, true)).toEqual(ok(null));
}

const silent = { ...(usualImessage as object), allowFrom: admitted, dmPolicy: 'allowlist' };

describe('a change on another machine', () => {
  it('says in the preview that the gateway restarts, and what changes where', async () => {
    expect(await plan()).toMatchObject({
      value: {
        restarts: true,
        configPath: '/home/owner/.openclaw/openclaw.json (gate.example:18789)',
        changes: [{ path: 'channels.imessage.allowFrom' }, { path: 'channels.imessage.dmPolicy' }],
      },
    });
    expect(world.away.calls).toEqual([]);
  });

  it('is one write that says only what changes, and one restart', async () => {
    await world.switchTo('ignore');
    expect(world.away.patches).toEqual([
      {
        patch: { channels: { imessage: { allowFrom: admitted, dmPolicy: 'allowlist' } } },
        replacePaths: ['channels.imessage.allowFrom'],
      },
    ]);
    expect([world.file.value, world.mode(), world.away.restarts, world.away.open]).toEqual([
      { channels: { imessage: silent } },
      'ignore',
      1,
      0,
    ]);
    expect(world.changes.view).toMatchObject({ state: 'done' });
  });

  it('keeps its connection open until the gateway has restarted, and is not done before', async () => {
    const work = Promise.withResolvers<null>();
    world.away.runningWork = work.promise;
    await starts();
    await expect.poll(() => world.steps.at(-1)).toBe('restart');
    expect([world.file.value, world.away.open, world.away.restarts]).toEqual([
      { channels: { imessage: silent } },
      1,
      0,
    ]);
    work.resolve(null);
    await expect.poll(() => world.away.restarts).toBe(1);
    world.remote.nudge();
    await world.settles();
    expect(world.away.open).toBe(0);
  });

  it('is taken back value by value: the config is what it was', async () => {
    const before = world.file.value;
    await world.switchTo('ignore');
    await world.switchTo('answer');
    expect([world.file.value, world.mode(), world.away.restarts]).toEqual([before, 'answer', 2]);
  });

  it('is not switched from the tray, where nothing can be read', async () => {
    expect(await world.silence.switchAtOnce('default', 'ignore')).toMatchObject({
      error: { code: 'bad-input' },
    });
    expect(world.away.calls).toEqual([]);
  });

  it('takes no end: nobody would confirm the restart then', async () => {
    const until = world.timers.now + 3_600_000;
    expect(await world.silence.plan({ account: 'default', to: 'ignore', until })).toMatchObject({
      error: { code: 'bad-input' },
    });
  });
});

describe('nothing is written', () => {
  it('over an edit somebody made after the preview', async () => {
    const planned = await plan();
    world.file.set('agents.name', 'other');
    const theirs = world.file.value;
    await world.silence.apply(planned.ok ? planned.value.id : '', true);
    await world.settles('failed');
    expect([world.file.value, world.away.patches, world.away.restarts]).toEqual([theirs, [], 0]);
    expect(world.changes.view).toMatchObject({ written: false, error: { code: 'config-changed' } });
  });

  it('over an edit somebody made a moment before the write', async () => {
    world.away.before = (method) => {
      if (method === 'config.patch') world.file.set('agents.name', 'other');
      return Promise.resolve(null);
    };
    await starts();
    await world.settles('failed');
    expect([world.away.patches, world.away.restarts]).toEqual([[], 0]);
    expect(world.changes.view).toMatchObject({ written: false, error: { code: 'config-changed' } });
  });

  it('in the place of a masked secret, not even by a command', async () => {
    world.file.set('channels.imessage.allowFrom', ['__OPENCLAW_REDACTED__']);
    const answer = await plan();
    expect(answer).toMatchObject({ error: { code: 'config-not-editable' } });
    expect(JSON.stringify(answer)).not.toMatch(/REDACTED|config set/u);
  });

  it('where the gateway would ask its owner about a new key; the commands are told', async () => {
    world.away.approvedVia = 'owner';
    expect(await plan()).toMatchObject({
      error: {
        code: 'config-not-editable',
        message: expect.stringContaining('openclaw config set') as string,
      },
    });
    expect(world.away.calls).toEqual([]);
  });

  it('where included files fill the config in', async () => {
    world.away.includedPaths = ['/home/owner/.openclaw/people.json'];
    expect(await plan()).toMatchObject({
      error: { code: 'config-not-editable', message: expect.stringContaining('people.json') as string },
    });
  });

  it('without the rights; the commands are told', async () => {
    world.away.rights = 'refused';
    await starts();
    await world.settles('failed');
    expect(world.changes.view).toMatchObject({
      written: false,
      error: {
        code: 'config-not-editable',
        message: expect.stringContaining('openclaw config set') as string,
      },
    });
  });

  it('to a gateway that cannot be restarted', async () => {
    world.away.restartable = false;
    await starts();
    await world.settles('failed');
    expect([world.away.patches, world.changes.view]).toMatchObject([[], { error: { code: 'unsupported' } }]);
  });
});

describe('a connection that is lost', () => {
  it('before the gateway took the change leaves nothing', async () => {
    world.away.before = (method) => Promise.resolve(method === 'config.patch' ? lostConnection : null);
    await starts();
    await world.settles('failed');
    expect([world.away.restarts, world.changes.view]).toMatchObject([
      0,
      { written: false, error: { code: 'connection-lost' } },
    ]);
  });

  it('after it took the change is noticed: the restart is asked for again', async () => {
    let lost = false;
    world.away.before = async (method) => {
      if (method === 'config.patch') {
        lost = true;
        world.file.set('channels.imessage.allowFrom', admitted);
        world.file.set('channels.imessage.dmPolicy', 'allowlist');
      } else if (method === 'gateway.restart.preflight') lost = false;
      else if (method === 'gateway.restart.request') lost = false;
      return Promise.resolve(lost ? lostConnection : null);
    };
    await starts();
    await world.settles();
    expect([world.away.restarts, world.mode(), await world.changes.history()]).toMatchObject([
      1,
      'ignore',
      [{ confirmed: true, notUndoable: null }],
    ]);
  });

  it('and a restart that nobody takes is told, and can be undone', async () => {
    world.away.before = (method) =>
      Promise.resolve(method === 'gateway.restart.request' ? lostConnection : null);
    await starts();
    await world.settles('failed');
    expect(world.changes.view).toMatchObject({
      written: true,
      error: { message: expect.stringContaining('openclaw gateway restart') as string },
    });
    expect(await world.changes.history()).toMatchObject([{ confirmed: false, notUndoable: null }]);
  });
});

it('stopping the app closes the connection; the restart still comes', async () => {
  const work = Promise.withResolvers<null>();
  world.away.runningWork = work.promise;
  await starts();
  await expect.poll(() => world.steps.at(-1)).toBe('restart');
  await Promise.all([world.remote.stop(), world.changes.stop()]);
  expect(world.away.open).toBe(0);
  work.resolve(null);
  await expect.poll(() => world.away.restarts).toBe(1);
});
