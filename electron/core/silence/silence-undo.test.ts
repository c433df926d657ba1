import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { configWorld, usualImessage, type ConfigWorld } from '../config/config-world.double.ts';

let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const imessage = () => (world.file.value as { channels: { imessage: unknown } }).channels.imessage;

describe('going back', () => {
  it('takes the newest switch back, and that can be taken back, too', async () => {
    world.plugin.contacts = ['+15550000009'];
    const before = world.file.value;
    await world.switchTo('ignore');
    const after = world.file.value;
    expect(world.silence.view).toMatchObject({ accounts: [{ former: 'answer', until: null }] });
    await world.silence.undo('default', true);
    await world.settles();
    expect([world.file.value, world.silence.view]).toMatchObject([before, { accounts: [{ former: null }] }]);
    const [undo] = await world.changes.history();
    expect(await world.channels.undo(undo?.id ?? '', false)).toEqual(ok(null));
    await world.settles();
    expect(world.file.value).toEqual(after);
  });

  it('is refused when somebody else changed the same values, and nothing is overwritten', async () => {
    await world.switchTo('ignore');
    world.file.set('channels.imessage.dmPolicy', 'disabled');
    expect(await world.silence.undo('default', true)).toMatchObject({
      error: {
        code: 'config-changed',
        message: expect.stringContaining('channels.imessage.dmPolicy') as string,
      },
    });
    expect(imessage()).toMatchObject({ dmPolicy: 'disabled' });
  });

  it('leaves what somebody else changed elsewhere', async () => {
    await world.switchTo('ignore');
    world.file.set('agents.name', 'other');
    expect(await world.silence.undo('default', true)).toEqual(ok(null));
    await world.settles();
    expect(world.file.value).toEqual({ channels: { imessage: usualImessage }, agents: { name: 'other' } });
  });

  it('is not possible where nothing was switched', async () => {
    expect(await world.silence.undo('default', true)).toMatchObject({ error: { code: 'bad-input' } });
  });
});

describe('is shown', () => {
  it.each<[string, () => void, string]>([
    [
      'as it is when something else is configured',
      () => {
        world.file.set('channels.imessage.dmPolicy', 'disabled');
      },
      'other',
    ],
    [
      'as not configured',
      () => {
        world.file.set('channels.imessage', undefined);
      },
      'no-imessage',
    ],
    [
      'as unreadable',
      () => {
        world.file.set('channels.imessage.dmPolicy', 'nonsense');
      },
      'unreadable',
    ],
    ['as it is on another machine', () => (world.local.now = false), 'answer'],
    ['as not connected', () => (world.circumstances.connected = false), 'not-connected'],
  ])('%s', async (_what, happens, expected) => {
    happens();
    await world.look();
    expect(world.mode()).toBe(expected);
  });
});
