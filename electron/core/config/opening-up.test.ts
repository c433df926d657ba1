import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelEdit } from '../../contract/channels.ts';
import type { Json } from '../../contract/gateway-config/json.ts';
import { configErrorTexts } from '../../contract/config-texts.ts';
import { ok } from '../../contract/result.ts';
import type { SilenceMode } from '../../contract/silence.ts';
import { configWorld, type ConfigWorld } from './config-world.double.ts';

const refused = { ok: false, error: { code: 'bad-input', message: configErrorTexts.notConfirmed } };
let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const newest = async () => {
  const [entry] = await world.changes.history();
  if (entry === undefined) throw new Error('Nothing was changed.');
  return entry;
};

describe('taking a switch back', () => {
  it.each<[string, SilenceMode, SilenceMode, boolean]>([
    ['ignoring, to answering', 'answer', 'ignore', true],
    ['asking silently, to answering', 'answer', 'ask', true],
    ['ignoring, to asking silently', 'ask', 'ignore', false],
    ['answering, to ignoring', 'ignore', 'answer', false],
    ['answering, to asking silently', 'ask', 'answer', false],
  ])('from %s', async (_what, from, to, needsConfirmation) => {
    await world.strict();
    if (from !== 'answer') await world.switchTo(from);
    await world.switchTo(to);
    expect(world.silence.view).toMatchObject({
      accounts: [{ former: from, undoConfirm: needsConfirmation }],
    });
    const { value } = world.file;
    const { policy } = world.plugin;
    const unconfirmed = await world.silence.undo('default', false);
    if (needsConfirmation) {
      expect([unconfirmed, world.file.value, world.plugin.policy]).toMatchObject([
        refused,
        value,
        policy ?? {},
      ]);
      expect(await world.silence.undo('default', true)).toEqual(ok(null));
    } else expect(unconfirmed).toEqual(ok(null));
    await world.settles();
    expect(world.mode()).toBe(from);
  });

  it('wants to be confirmed as well when strict mode went away meanwhile, or nothing is known of the guard', async () => {
    await world.strict();
    await world.switchTo('ask');
    world.installer.become('off');
    await world.look();
    expect(await world.silence.undo('default', false)).toMatchObject(refused);
    world.plugin.version = null;
    await world.look();
    expect(await world.silence.undo('default', false)).toMatchObject(refused);
  });

  it('wants no second confirmation at the end the owner asked for', async () => {
    const { value } = world.file;
    await world.switchTo('ignore', world.timers.now + 1_000);
    world.timers.advance(1_000);
    await expect.poll(() => world.file.value).toEqual(value);
  });
});

describe('taking an edit of the channels page back', () => {
  it.each<[string, Json, ChannelEdit, boolean]>([
    ['strangers asked to be paired', 'pairing', { key: 'dmPolicy', value: 'allowlist' }, true],
    ['the gateway’s default held', null, { key: 'dmPolicy', value: 'disabled' }, true],
    ['nobody was let in', 'disabled', { key: 'dmPolicy', value: 'allowlist' }, false],
    ['strangers were ignored', 'allowlist', { key: 'dmPolicy', value: 'pairing' }, false],
    ['strangers asked, as they do now', 'pairing', { key: 'allowFrom', value: ['+15550000007'] }, false],
  ])('to where %s', async (_what, dmPolicy, edit, needsConfirmation) => {
    const own = dmPolicy === null ? {} : { dmPolicy };
    world = await configWorld({ imessage: { cliPath: 'imsg', allowFrom: ['+15550000001'], ...own } });
    await makeEdit(edit);
    const entry = await newest();
    expect(entry.confirm).toBe(needsConfirmation);
    const { value } = world.file;
    if (needsConfirmation) {
      expect(await world.channels.undo(entry.id, false)).toMatchObject(refused);
      expect([world.file.value, world.changes.busy]).toEqual([value, false]);
    }
    expect(await world.channels.undo(entry.id, needsConfirmation)).toEqual(ok(null));
    await world.settles();
    expect(world.file.value).not.toEqual(value);
  });

  it('wants to be confirmed when everybody would be let in again', async () => {
    const imessage = { cliPath: 'imsg', dmPolicy: 'pairing', allowFrom: ['*', '+15550000001'] };
    world = await configWorld({ imessage });
    await makeEdit({ key: 'allowFrom', value: ['+15550000001'] });
    const { id } = await newest();
    expect(await world.channels.undo(id, false)).toMatchObject(refused);
    expect(await world.channels.undo(id, true)).toEqual(ok(null));
    await world.settles();
    expect(world.file.value).toEqual({ channels: { imessage } });
  });

  it('counts accounts that follow the channel', async () => {
    await makeEdit({ key: 'dmPolicy', value: 'allowlist' });
    // Somebody gives this account a setting of its own, and adds another without.
    world.file.set('channels.imessage.accounts', { default: { dmPolicy: 'disabled' }, work: {} });
    const { id } = await newest();
    expect(await world.channels.undo(id, false)).toMatchObject(refused);
  });
});

async function makeEdit(edit: ChannelEdit): Promise<void> {
  const plan = await world.channels.plan({ channel: 'imessage', account: 'default', edits: [edit] });
  if (!plan.ok) throw new Error(plan.error.message);
  expect(await world.channels.apply(plan.value.id, true)).toEqual(ok(null));
  await world.settles();
}
