import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { takeoverDeadlineMs } from '../guard/waiting.ts';
import { withOwedRestart } from './config-record.ts';
import { configWorld, type ConfigWorld } from './config-world.double.ts';
import { ConfigRecordFileDouble, GatewayConfigFileDouble } from './gateway-config-file.double.ts';
import { lostConnection, remoteName } from './remote-gateway.double.ts';

const imessage = { cliPath: 'imsg', allowFrom: ['+15550000001'] };
let recordFile: ConfigRecordFileDouble;
let file: GatewayConfigFileDouble;
let world: ConfigWorld;

beforeEach(async () => {
  recordFile = new ConfigRecordFileDouble();
  file = new GatewayConfigFileDouble({ channels: { imessage } });
  world = await started();
});

/** The app, newly started, connected to a gateway on another machine. */
async function started(circumstances?: (world: ConfigWorld) => void): Promise<ConfigWorld> {
  const next = await configWorld({ recordFile, file });
  next.local.now = false;
  circumstances?.(next);
  await next.look();
  await next.owedRestart.ready();
  return next;
}

async function starts(): Promise<void> {
  const plan = await world.silence.plan({ account: 'default', to: 'ignore', until: null });
  if (!plan.ok) throw new Error(plan.error.message);
  expect(await world.silence.apply(plan.value.id, true)).toEqual(ok(null));
}

/** The app is killed while this call is on its way; nothing of it runs on. */
async function killedAt(call: string): Promise<void> {
  world.away.before = (method) =>
    method === call ? Promise.withResolvers<null>().promise : Promise.resolve(null);
  await starts();
  await expect.poll(() => world.away.calls).toContain(call);
}

const press = async (): Promise<void> => {
  expect(await world.owedRestart.handlers['gateway.restart']({ confirmed: true })).toEqual(ok(null));
};

const marks = () => recordFile.value;
const marked = (bootId: string, gateway = remoteName): unknown =>
  expect.objectContaining({ owedRestarts: [{ gateway, bootId }] });
const unmarked: unknown = expect.objectContaining({ owedRestarts: [] });
const owed = { state: 'owed', elevation: [{ scope: 'operator.admin' }], error: null };

describe('a change on another machine', () => {
  it('is marked before it is sent, and the mark goes when the gateway has restarted', async () => {
    const atPatch: unknown[] = [];
    world.away.before = (method) => {
      if (method === 'config.patch') atPatch.push(marks());
      return Promise.resolve(null);
    };
    await world.switchTo('ignore');
    expect([atPatch, marks(), world.owedRestart.view]).toEqual([[marked('boot-0')], unmarked, null]);
  });

  it('is not told as owing while it is under way', async () => {
    await killedAt('config.patch');
    await world.owedRestart.ready();
    expect([world.changes.view.state, world.owedRestart.view]).toEqual(['working', null]);
  });

  it('owes nothing when the gateway refused it', async () => {
    world.away.before = (method) => {
      if (method === 'config.patch') file.set('agents.name', 'other');
      return Promise.resolve(null);
    };
    await starts();
    await world.settles('failed');
    expect([world.away.restarts, marks(), world.owedRestart.view]).toEqual([0, unmarked, null]);
  });

  it('that is refused leaves what an earlier one owes', async () => {
    await killedAt('gateway.restart.request');
    world = await started((next) => {
      next.away.before = (method) => {
        if (method === 'config.patch') file.set('agents.name', 'other');
        return Promise.resolve(null);
      };
    });
    const plan = await world.silence.plan({ account: 'default', to: 'answer', until: null });
    await world.silence.apply(plan.ok ? plan.value.id : '', true);
    await world.settles('failed');
    expect([marks(), world.owedRestart.view]).toMatchObject([marked('boot-0'), owed]);
  });

  it('whose connection is lost goes on owing, whether or not it was written', async () => {
    world.away.before = (method) => Promise.resolve(method === 'config.patch' ? lostConnection : null);
    await starts();
    await world.settles('failed');
    expect([marks(), world.owedRestart.view]).toMatchObject([marked('boot-0'), owed]);
  });

  it('goes on owing when only our connection broke after the restart was asked for', async () => {
    world.away.runningWork = Promise.withResolvers<null>().promise;
    world.away.before = (method) => Promise.resolve(method === 'health' ? lostConnection : null);
    await starts();
    await world.settles();
    await world.owedRestart.ready();
    expect([world.away.restarts, marks(), world.owedRestart.view]).toMatchObject([0, marked('boot-0'), owed]);
  });

  it('on a gateway that does not name its starts owes nothing once it hung up', async () => {
    world.away.namesStarts = false;
    await world.switchTo('ignore');
    expect([world.away.restarts, marks(), world.owedRestart.view]).toEqual([1, unmarked, null]);
  });
});

describe.each(['config.patch', 'gateway.restart.request'])('an app killed at %s', (call) => {
  beforeEach(async () => {
    await killedAt(call);
  });

  it('tells what is owed at the next start, and asks for nothing by itself', async () => {
    world = await started();
    expect([world.owedRestart.view, world.away.calls]).toMatchObject([owed, []]);
  });

  it('is silent when the gateway has restarted meanwhile', async () => {
    world = await started((next) => (next.away.restarts = 1));
    expect([world.owedRestart.view, marks()]).toEqual([null, unmarked]);
  });

  it('falls silent when somebody else restarts the gateway', async () => {
    world = await started();
    world.away.restart();
    await expect.poll(() => world.owedRestart.view).toBeNull();
    expect(marks()).toEqual(unmarked);
  });

  it('keeps it with that gateway, and shows it for no other', async () => {
    world = await started((next) => {
      next.away.address = 'other.example:18789';
      next.away.restarts = 7;
    });
    expect([world.owedRestart.view, marks()]).toEqual([null, marked('boot-0')]);
    expect(await world.owedRestart.handlers['gateway.restart']({ confirmed: true })).toMatchObject({
      error: { code: 'bad-input' },
    });
    world.local.now = true;
    await world.owedRestart.ready();
    expect(world.owedRestart.view).toBeNull();
    world = await started();
    expect(world.owedRestart.view).toMatchObject(owed);
  });

  it('shows nothing while the gateway is away', async () => {
    world = await started((next) => (next.circumstances.connected = false));
    expect(world.owedRestart.view).toBeNull();
  });
});

describe('asking for the restart', () => {
  beforeEach(async () => {
    await killedAt('gateway.restart.request');
    world = await started();
  });

  it('holds one elevated connection until the gateway is gone, and settles it when it is back', async () => {
    const work = Promise.withResolvers<null>();
    world.away.runningWork = work.promise;
    await press();
    await expect.poll(() => world.away.calls).toContain('health');
    expect([world.owedRestart.view, world.away.open]).toMatchObject([{ state: 'restarting' }, 1]);
    work.resolve(null);
    await expect.poll(() => world.away.restarts).toBe(1);
    world.remote.nudge();
    await expect.poll(() => world.owedRestart.view).toBeNull();
    expect([world.away.open, marks()]).toEqual([0, unmarked]);
  });

  it.each<[string, (of: ConfigWorld) => void, string]>([
    ['no rights', ({ away }) => (away.rights = 'refused'), 'elevation-failed'],
    [
      'a gateway that does not take it',
      ({ away }) => {
        away.before = (method) =>
          Promise.resolve(method === 'gateway.restart.request' ? lostConnection : null);
      },
      'gateway-refused',
    ],
  ])('says what stood in the way: %s', async (_what, hinder, code) => {
    hinder(world);
    await press();
    await expect.poll(() => world.owedRestart.view).toMatchObject({ state: 'owed', error: { code } });
    expect(marks()).toEqual(marked('boot-0'));
    world.away.restart();
    await expect.poll(() => world.owedRestart.view).toBeNull();
  });

  it('does not take a broken connection for a restart', async () => {
    world.away.runningWork = Promise.withResolvers<null>().promise;
    world.away.before = (method) => Promise.resolve(method === 'health' ? lostConnection : null);
    await press();
    await expect.poll(() => world.away.open).toBe(0);
    await expect.poll(() => world.timers.armed).toBeGreaterThan(0);
    world.timers.advance(takeoverDeadlineMs);
    await expect
      .poll(() => world.owedRestart.view)
      .toMatchObject({ state: 'owed', error: { code: 'gateway-timeout' } });
  });

  it('needs the owner’s word, an open screen, a connection, and nothing else under way', async () => {
    const ask = async (confirmed = true) => world.owedRestart.handlers['gateway.restart']({ confirmed });
    expect(await ask(false)).toMatchObject({ error: { code: 'bad-input' } });
    world.circumstances.screenLocked = true;
    expect(await ask()).toMatchObject({ error: { code: 'not-armed' } });
    world.circumstances.screenLocked = false;
    world.circumstances.connected = false;
    expect(await ask()).toMatchObject({ error: { code: 'not-connected' } });
    world.circumstances.connected = true;
    expect(world.away.calls).toEqual([]);
    world.away.runningWork = Promise.withResolvers<null>().promise;
    await press();
    expect(await ask()).toMatchObject({ error: { code: 'config-not-editable' } });
    const plan = await world.silence.plan({ account: 'default', to: 'answer', until: null });
    await world.silence.apply(plan.ok ? plan.value.id : '', true);
    await world.settles('failed');
    expect(world.away.patches).toEqual([]);
  });
});

describe('the record', () => {
  it('of an older version owes nothing', async () => {
    recordFile.value = { version: 1, edits: [], silences: [] };
    world = await started();
    expect([world.keptAside, world.record.current]).toEqual([
      null,
      { edits: [], silences: [], owedRestarts: [] },
    ]);
  });

  it.each([[[{ gateway: '', bootId: 'b' }]], [[{ gateway: 'g' }]], ['soon']])(
    'that is damaged is kept aside, and the app goes on: %j',
    async (owedRestarts) => {
      recordFile.value = { version: 1, edits: [], silences: [], owedRestarts };
      world = await started();
      expect([world.keptAside, world.owedRestart.view]).toEqual(['/aside', null]);
      await world.switchTo('ignore');
      expect([world.away.restarts, marks()]).toEqual([1, unmarked]);
    },
  );

  it('keeps the mark when an edit that the gateway does not accept is put back', async () => {
    world.local.now = true;
    const content = await file.read();
    if (!content.ok) throw new Error(content.error.message);
    const plan = await world.changes.plan(
      {
        reason: { kind: 'channel', channel: 'imessage', account: 'default' },
        channel: 'imessage',
        account: 'default',
        parts: [{ do: 'edit', changes: [{ path: ['channels', 'imessage', 'dmPolicy'], value: 'nonsense' }] }],
        takesBack: null,
      },
      content.value,
    );
    const gate = Promise.withResolvers<null>();
    file.gate = gate.promise;
    world.changes.apply(plan.ok ? plan.value.id : '');
    await world.record.change((all) => withOwedRestart(all, { gateway: remoteName, bootId: 'boot-0' }));
    gate.resolve(null);
    await world.settles('failed');
    expect(marks()).toEqual(marked('boot-0'));
  });
});
