import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { imessagePairingReply } from '../../contract/pairing-reply.ts';
import { configWorld, usualImessage, type ConfigWorld } from '../config/config-world.double.ts';

let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const imessage = () => (world.file.value as { channels: { imessage: unknown } }).channels.imessage;
const plan = async (to: 'answer' | 'ask' | 'ignore', account = 'default') =>
  world.silence.plan({ account, to, until: null });

describe('ignoring strangers', () => {
  it('carries over who was approved by pairing, in its own write, before anybody is shut out', async () => {
    world.plugin.contacts = ['+15550000001', '+15550000002', 'friend@example.com'];
    const planned = await plan('ignore');
    expect(planned).toMatchObject({
      ok: true,
      value: {
        from: 'answer',
        to: 'ignore',
        carriedOver: [{ entry: '+15550000002' }, { entry: 'friend@example.com' }],
        warnings: [],
        applicable: true,
        confirm: false,
        changes: [
          {
            path: 'channels.imessage.allowFrom',
            before: '["+15550000001"]',
            after: '["+15550000001","+15550000002","friend@example.com"]',
          },
          { path: 'channels.imessage.dmPolicy', before: null, after: '"allowlist"' },
        ],
      },
    });
    expect(world.file.writes).toEqual([]);
    await world.switchTo('ignore');
    const grown = {
      ...(usualImessage as object),
      allowFrom: ['+15550000001', '+15550000002', 'friend@example.com'],
    };
    expect(world.file.writes).toEqual([
      { channels: { imessage: grown } },
      { channels: { imessage: { ...grown, dmPolicy: 'allowlist' } } },
    ]);
    expect(world.mode()).toBe('ignore');
  });

  it('is done only when the gateway runs with it and its channel is back', async () => {
    world.gateway.takesOver = false;
    const planned = await plan('ignore');
    await world.silence.apply(planned.ok ? planned.value.id : '', false);
    await expect.poll(() => world.steps.at(-1)).toBe('gateway');
    await expect.poll(() => world.timers.armed).toBe(2);
    world.gateway.takesOver = true;
    world.gateway.channelStays = false;
    world.gateway.takeOver();
    world.changes.nudge();
    await expect.poll(() => world.steps.at(-1)).toBe('channel');
    expect(world.silence.view).toMatchObject({
      accounts: [{ working: { step: 'channel', write: 1, writes: 1 } }],
    });
    world.plugin.channels = { imessage: [{ accountId: 'default', connected: true, lastStartAt: 9 }] };
    world.changes.nudge();
    await world.settles();
    expect(world.steps).toEqual(['writing', 'gateway', 'channel', 'done']);
  });

  it('is refused when somebody was approved after the preview', async () => {
    const planned = await plan('ignore');
    world.plugin.contacts = ['+15550000005'];
    expect(await world.silence.apply(planned.ok ? planned.value.id : '', false)).toMatchObject({
      error: { code: 'config-changed' },
    });
    expect(world.file.writes).toEqual([]);
  });

  it('reads the gateway’s own store where the guard is not installed', async () => {
    world.plugin.version = null;
    await world.look();
    world.store.contacts = [
      { channel: 'imessage', account: 'default', entry: 'a@example.com' },
      { channel: 'imessage', account: 'work', entry: 'b@example.com' },
    ];
    expect(await plan('ignore')).toMatchObject({ value: { carriedOver: [{ entry: 'a@example.com' }] } });
  });

  it('is refused while nobody can tell who would be shut out', async () => {
    world.plugin.version = null;
    await world.look();
    world.store.contacts = null;
    expect(await plan('ignore')).toMatchObject({ error: { code: 'config-not-editable' } });
  });

  it('says that * lets everybody in and that groups stay', async () => {
    world.file.set('channels.imessage.allowFrom', ['*', 'accessGroup:family', 7]);
    expect(await plan('ignore')).toMatchObject({
      value: {
        warnings: [{ kind: 'wildcard' }, { kind: 'access-groups', groups: [{ text: 'accessGroup:family' }] }],
      },
    });
    await world.switchTo('ignore');
    expect(imessage()).toMatchObject({ allowFrom: ['*', 'accessGroup:family', 7], dmPolicy: 'allowlist' });
    expect(world.silence.view).toMatchObject({ accounts: [{ wildcard: true }] });
  });

  it('for one account writes what is its own, with what it inherited', async () => {
    world = await configWorld({
      imessage: { cliPath: 'imsg', allowFrom: ['+1'], accounts: { default: {}, work: { cliPath: 'w' } } },
    });
    world.plugin.contacts = ['+2'];
    await world.switchTo('ignore', null, 'work');
    expect(imessage()).toEqual({
      cliPath: 'imsg',
      allowFrom: ['+1'],
      accounts: { default: {}, work: { cliPath: 'w', allowFrom: ['+1', '+2'], dmPolicy: 'allowlist' } },
    });
    expect(world.mode()).toBe('answer ignore');
  });
});

describe('being asked silently', () => {
  it('needs strict mode and the guard, and cannot be applied without', async () => {
    expect(await plan('ask')).toMatchObject({
      value: { applicable: false, warnings: [{ kind: 'strict-needed', strict: 'off' }] },
    });
    expect(await world.switchTo('ask')).toMatchObject({ error: { code: 'setup-failed' } });
    world.plugin.version = null;
    await world.look();
    expect(await plan('ask')).toMatchObject({
      value: { applicable: false, warnings: [{ kind: 'plugin-needed' }, { kind: 'strict-needed' }] },
    });
  });

  it('is refused when strict mode was taken away after the preview', async () => {
    await world.strict();
    const planned = await plan('ask');
    world.installer.become('off');
    await world.look();
    expect(await world.silence.apply(planned.ok ? planned.value.id : '', false)).toMatchObject({
      error: { code: 'setup-failed' },
    });
  });

  it('changes the rule only, and undo forgets the account again', async () => {
    await world.strict();
    const before = world.plugin.policy;
    expect(await world.switchTo('ask')).toMatchObject({
      value: { changes: [], rule: { before: 'send', after: 'silent' } },
    });
    expect([world.mode(), world.file.writes]).toEqual(['ask', []]);
    expect(await world.silence.undo('default', true)).toEqual(ok(null));
    await world.settles();
    expect(world.mode()).toBe('answer');
    expect(world.plugin.policy?.accounts).toEqual(before?.accounts);
  });

  it('from ignoring sets the rule before the gateway would answer', async () => {
    await world.strict();
    await world.switchTo('ignore');
    world.steps.length = 0;
    await world.switchTo('ask');
    expect(world.steps.slice(0, 2)).toEqual(['rules', 'writing']);
    expect([world.mode(), imessage()]).toEqual(['ask', usualImessage]);
  });
});

describe('answering strangers', () => {
  it('shows word for word what they receive and wants to be confirmed', async () => {
    await world.switchTo('ignore');
    const planned = await plan('answer');
    expect(planned).toMatchObject({
      value: { confirm: true, warnings: [{ kind: 'answers-strangers', text: imessagePairingReply() }] },
    });
    const id = planned.ok ? planned.value.id : '';
    expect(await world.silence.apply(id, false)).toMatchObject({ error: { code: 'bad-input' } });
    expect(world.mode()).toBe('ignore');
    expect(await world.silence.apply(id, true)).toEqual(ok(null));
    await world.settles();
    expect([world.mode(), imessage()]).toEqual(['answer', usualImessage]);
  });

  it('from the tray opens the window instead; ignoring is done at once', async () => {
    expect(await world.silence.switchAtOnce('default', 'ignore')).toEqual(ok(null));
    await world.settles();
    expect(world.mode()).toBe('ignore');
    expect(await world.silence.switchAtOnce('default', 'answer')).toMatchObject({ ok: false });
  });
});

it('switching back and forth leaves exactly what was there', async () => {
  await world.strict();
  world.plugin.contacts = ['+15550000009'];
  const before = world.file.value;
  for (const to of ['ignore', 'ask', 'ignore', 'answer', 'ask', 'answer', 'ignore', 'answer'] as const) {
    expect(await world.switchTo(to)).toMatchObject({ ok: true });
    expect(world.mode()).toBe(to);
    world.timers.advance(60_000);
  }
  expect(world.file.value).toEqual(before);
});

it('on another machine that gives no rights comes as the commands that lock nobody out', async () => {
  world.local.now = false;
  world.away.approvedVia = 'owner';
  world.plugin.contacts = ["o'neil@example.com"];
  expect(await plan('ignore')).toMatchObject({
    error: {
      code: 'config-not-editable',
      message: expect.stringContaining(
        String.raw`openclaw config set channels.imessage.allowFrom '["+15550000001","o'\''neil@example.com"]' --strict-json --expect-current-json '["+15550000001"]' && openclaw config set channels.imessage.dmPolicy '"allowlist"' --strict-json`,
      ) as string,
    },
  });
  expect(world.file.writes).toEqual([]);
});
