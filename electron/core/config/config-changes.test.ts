import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { takeoverDeadlineMs } from '../guard/waiting.ts';
import { configWorld, usualImessage, type ConfigWorld } from './config-world.double.ts';
import { writesPerMinute } from './write-limit.ts';

let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const input = { account: 'default', to: 'ignore', until: null } as const;
const planned = async (): Promise<string> => {
  const plan = await world.silence.plan(input);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value.id;
};

/** Written, and waiting for the gateway. */
async function waits(): Promise<void> {
  await expect.poll(() => world.steps.at(-1)).toBe('gateway');
  await expect.poll(() => world.timers.armed).toBe(2);
}

describe('an edit', () => {
  it('is refused when the config was changed after the preview; nothing is written', async () => {
    const id = await planned();
    world.file.set('agents.name', 'other');
    const theirs = world.file.value;
    expect(await world.silence.apply(id, false)).toEqual(ok(null));
    await world.settles('failed');
    expect([world.changes.view, world.file.value, await world.changes.history()]).toMatchObject([
      { state: 'failed', written: false, error: { code: 'config-changed' } },
      theirs,
      [],
    ]);
    expect(world.silence.view).toMatchObject({
      accounts: [{ mode: 'answer', error: { code: 'config-changed' } }],
    });
  });

  it('that was changed by somebody between two writes stops there, and says so', async () => {
    world.plugin.contacts = ['+15550000007'];
    const id = await planned();
    const { onWrite } = world.file;
    world.file.onWrite = () => {
      world.file.onWrite = onWrite;
      onWrite();
      world.file.set('agents.name', 'other');
    };
    await world.silence.apply(id, false);
    await world.settles('failed');
    expect(world.changes.view).toMatchObject({ written: true, error: { code: 'config-changed' } });
    expect(world.file.value).toMatchObject({
      channels: { imessage: { allowFrom: ['+15550000001', '+15550000007'] } },
      agents: { name: 'other' },
    });
    expect(world.mode()).toBe('answer');
  });

  it('is not said to be done when the gateway does not take it over in time, and can be undone', async () => {
    world.gateway.takesOver = false;
    await world.silence.apply(await planned(), false);
    await waits();
    world.timers.advance(takeoverDeadlineMs);
    await world.settles('failed');
    expect(world.changes.view).toMatchObject({ written: true, error: { code: 'gateway-timeout' } });
    expect(await world.changes.history()).toMatchObject([{ confirmed: false, notUndoable: null }]);
    world.gateway.takesOver = true;
    await world.silence.undo('default', true);
    await world.settles();
    expect(world.file.value).toEqual({ channels: { imessage: usualImessage } });
  });

  it('is waited for as long as a stopped message holds the gateway up', async () => {
    world.gateway.takesOver = false;
    world.circumstances.holdsSend = true;
    await world.silence.apply(await planned(), false);
    await waits();
    world.timers.advance(takeoverDeadlineMs);
    world.timers.advance(takeoverDeadlineMs);
    expect(world.changes.view).toMatchObject({ state: 'working', progress: { step: 'gateway' } });
    world.circumstances.holdsSend = false;
    world.timers.advance(takeoverDeadlineMs);
    await world.settles('failed');
    expect(world.changes.view).toMatchObject({ written: true, error: { code: 'gateway-timeout' } });
  });

  it('beside values from the environment arrives like any other, and is taken back', async () => {
    world = await configWorld({ imessage: { cliPath: 'imsg', allowFrom: ['${OWNER}'] } });
    const before = world.file.value;
    world.plugin.contacts = ['+15550000007'];
    await world.silence.apply(await planned(), false);
    await world.settles();
    expect(world.file.value).toMatchObject({
      channels: { imessage: { allowFrom: ['${OWNER}', '+15550000007'], dmPolicy: 'allowlist' } },
    });
    expect(world.silence.view).toMatchObject({ accounts: [{ mode: 'ignore', former: 'answer' }] });
    expect(await world.silence.undo('default', true)).toEqual(ok(null));
    await world.settles();
    expect(world.file.value).toEqual(before);
  });

  it('that the gateway does not accept is put back at once', async () => {
    const before = world.file.value;
    const content = await world.file.read();
    if (!content.ok) throw new Error(content.error.message);
    const changes = [{ path: ['channels', 'imessage', 'dmPolicy'], value: 'nonsense' }];
    const plan = await world.changes.plan(
      {
        reason: { kind: 'channel', channel: 'imessage', account: 'default' },
        channel: 'imessage',
        account: 'default',
        parts: [{ do: 'edit', changes }],
        takesBack: null,
      },
      content.value,
    );
    expect(world.changes.apply(plan.ok ? plan.value.id : '')).toMatchObject({ ok: true });
    await world.settles('failed');
    expect([world.file.value, world.changes.view, await world.changes.history()]).toMatchObject([
      before,
      {
        written: false,
        error: { code: 'gateway-refused', message: expect.stringContaining('not allowed') as string },
      },
      [],
    ]);
  });

  it('is summed up for the journal when something was written', async () => {
    await world.switchTo('ignore');
    expect(world.summaries).toEqual(['imessage (default); channels.imessage.dmPolicy: "allowlist"']);
  });

  it('is made once: the preview is used up', async () => {
    const id = await planned();
    await world.silence.apply(id, false);
    await world.settles();
    expect(await world.silence.apply(id, false)).toMatchObject({ error: { code: 'config-changed' } });
  });

  it('waits for no other one under way', async () => {
    world.gateway.takesOver = false;
    await world.silence.apply(await planned(), false);
    await waits();
    expect(world.changes.apply('whatever')).toMatchObject({ error: { code: 'config-not-editable' } });
  });

  it.each<[string, () => void, string]>([
    ['while the screen is locked', () => (world.circumstances.screenLocked = true), 'not-armed'],
    ['while not connected', () => (world.circumstances.connected = false), 'not-connected'],
  ])('is refused %s', async (_when, happens, code) => {
    const id = await planned();
    happens();
    expect(await world.silence.apply(id, false)).toMatchObject({ error: { code } });
    expect(world.file.writes).toEqual([]);
  });

  it('beyond thirty writes in a minute is refused politely, and possible a minute later', async () => {
    for (let write = 0; write < writesPerMinute; write += 1)
      expect(await world.switchTo(write % 2 === 0 ? 'ignore' : 'answer')).toMatchObject({ ok: true });
    expect(await world.switchTo('ignore')).toMatchObject({
      error: { code: 'config-not-editable', message: expect.stringContaining('30 a minute') as string },
    });
    world.timers.advance(60_000);
    expect(await world.switchTo('ignore')).toMatchObject({ ok: true });
  });

  it('leaves no view at work when stopped, and no file half written', async () => {
    world.gateway.takesOver = false;
    await world.silence.apply(await planned(), false);
    await waits();
    await world.changes.stop();
    expect([world.changes.view, world.timers.armed]).toMatchObject([{ state: 'failed', written: true }, 0]);
  });
});

describe('the history', () => {
  it('names every edit, newest first, and survives a restart', async () => {
    await world.switchTo('ignore');
    await world.switchTo('answer');
    const { file, recordFile } = world;
    const later = await configWorld({ file, recordFile });
    expect(await later.changes.history()).toMatchObject([
      {
        changes: [{ path: 'channels.imessage.dmPolicy', before: '"allowlist"', after: null }],
        undone: false,
      },
      { changes: [{ before: null, after: '"allowlist"' }], undone: true, confirmed: true },
    ]);
  });

  it('holds nothing of the config but what was changed', async () => {
    world.file.set('gateway.auth.token', 's3cret');
    await world.look();
    await world.switchTo('ignore');
    expect(JSON.stringify(world.recordFile.value)).not.toContain('s3cret');
  });

  it('that is damaged is kept aside, and the app goes on without', async () => {
    world.recordFile.value = { version: 1, edits: 'gone' };
    const later = await configWorld({ file: world.file, recordFile: world.recordFile });
    expect([later.keptAside, await later.changes.history()]).toEqual(['/aside', []]);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'changed since',
      () => {
        world.file.set('channels.imessage.dmPolicy', 'open');
      },
      /dmPolicy was changed since/,
    ],
    ['taken back already', () => undefined, /taken back already/],
  ])('says that an edit that was %s cannot be undone', async (what, happens, why) => {
    await world.switchTo('ignore');
    if (what === 'taken back already') await world.switchTo('answer');
    happens();
    const oldest = (await world.changes.history()).at(-1);
    expect(oldest?.notUndoable).toMatch(why);
    expect(await world.channels.undo(oldest?.id ?? '', true)).toMatchObject({
      error: { code: 'config-changed' },
    });
  });

  it('does not know an edit that was never made', async () => {
    expect(await world.channels.undo('nobody', false)).toMatchObject({ error: { code: 'bad-input' } });
  });
});
