/** Carrying somebody over to allowFrom must not let them approve commands. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../contract/gateway-config/json.ts';
import { addressProblemTexts } from '../../contract/guard/guard-texts.ts';
import { configWorld, usualImessage, type ConfigWorld } from '../config/config-world.double.ts';

const own = '+436641234567';
let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
  world.plugin.contacts = ['+15550000002'];
});

async function configured(approvals: Json): Promise<void> {
  world.file.value = { approvals, channels: { imessage: usualImessage } };
  world.gateway.takeOver();
  await world.look();
}

const plan = async (approvalsTo?: string) =>
  world.silence.plan({
    account: 'default',
    to: 'ignore',
    until: null,
    ...(approvalsTo === undefined ? {} : { approvalsTo }),
  });

describe('where commands are asked about in chats', () => {
  it.each<[string, Json, readonly string[]]>([
    ['commands, in the chat', { exec: { enabled: true, mode: 'session' } }, ['exec']],
    ['without a mode', { exec: { enabled: true } }, ['exec']],
    ['in both places', { exec: { enabled: true, mode: 'both', targets: [] } }, ['exec']],
    ['plugins only', { plugin: { enabled: true, mode: 'session' } }, ['plugin']],
    ['both', { exec: { enabled: true }, plugin: { enabled: true, mode: 'session' } }, ['exec', 'plugin']],
  ])('nothing is applied before the owner says where to ask instead: %s', async (_what, approvals, asked) => {
    await configured(approvals);
    const planned = await plan();
    expect(planned).toMatchObject({
      value: { applicable: false, approvalsTo: null, warnings: [{ kind: 'makes-approvers', problem: null }] },
    });
    const id = planned.ok ? planned.value.id : '';
    expect(await world.silence.apply(id, true)).toMatchObject({ ok: false, error: { code: 'setup-failed' } });
    expect(await world.silence.switchAtOnce('default', 'ignore')).toMatchObject({ ok: false });
    expect(world.file.writes).toEqual([]);
    const paths = asked.flatMap((family) => [`approvals.${family}.targets`, `approvals.${family}.mode`]);
    const answered = await plan('+43 664 1234567');
    expect(answered).toMatchObject({ value: { applicable: true, approvalsTo: own, warnings: [] } });
    expect(answered.ok ? answered.value.changes.map(({ path }) => path) : []).toEqual([
      ...paths,
      'channels.imessage.allowFrom',
      'channels.imessage.dmPolicy',
    ]);
  });

  it.each<[string, Json]>([
    ['nobody is asked', {}],
    ['asking is off', { exec: { enabled: false, mode: 'session' } }],
    ['only chosen addresses are', { exec: { enabled: true, mode: 'targets', targets: [] } }],
  ])('nothing is said where %s', async (_what, approvals) => {
    await configured(approvals);
    expect(await plan(own)).toMatchObject({ value: { applicable: true, approvalsTo: null, warnings: [] } });
  });

  it('nothing is said where nobody is carried over', async () => {
    world.plugin.contacts = [];
    await configured({ exec: { enabled: true } });
    expect(await plan()).toMatchObject({ value: { applicable: true, warnings: [] } });
  });

  it.each([
    ['0664 1234567', 'national'],
    ['chat_id:7', 'not-understood'],
    ['Ann', 'name'],
  ] as const)('%s is no address to ask at, and the preview says why', async (to, problem) => {
    await configured({ exec: { enabled: true } });
    expect(await plan(to)).toMatchObject({
      value: {
        applicable: false,
        warnings: [{ kind: 'makes-approvers', problem: addressProblemTexts[problem] }],
      },
    });
  });

  it('sees what comes from another file, which it leaves alone', async () => {
    await configured({ $include: './approvals.json' });
    world.file.includes = [{ path: ['approvals'], files: ['./approvals.json'], line: 2 }];
    world.gateway.whole = { approvals: { exec: { enabled: true } }, channels: { imessage: usualImessage } };
    await world.look();
    expect(await plan()).toMatchObject({ value: { applicable: false } });
  });

  it('asks the owner in the same write that carries people over, and going back is exact', async () => {
    const others = { channel: 'telegram', to: '42' };
    await configured({ exec: { enabled: true, mode: 'both', targets: [others] }, plugin: { enabled: true } });
    const before = world.file.value;
    const planned = await plan(own);
    expect(await world.silence.apply(planned.ok ? planned.value.id : '', false)).toMatchObject({ ok: true });
    await world.settles();
    const owner = { channel: 'imessage', to: own };
    const approvals = {
      exec: { enabled: true, mode: 'targets', targets: [others, owner] },
      plugin: { enabled: true, targets: [owner], mode: 'targets' },
    };
    expect(world.file.writes).toMatchObject([
      { approvals, channels: { imessage: { allowFrom: ['+15550000001', '+15550000002'] } } },
      { approvals, channels: { imessage: { dmPolicy: 'allowlist' } } },
    ]);
    expect(world.file.writes[0]).not.toMatchObject({ channels: { imessage: { dmPolicy: 'allowlist' } } });
    await world.silence.undo('default', true);
    await world.settles();
    expect(world.file.value).toEqual(before);
  });
});
