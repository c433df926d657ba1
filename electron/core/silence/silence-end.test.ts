import { beforeEach, describe, expect, it } from 'vitest';
import { configWorld, usualImessage, type ConfigWorld } from '../config/config-world.double.ts';

const hour = 3_600_000;
let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const soon = (): number => world.timers.now + hour;
const before = { channels: { imessage: usualImessage } };

/** The app quits, time passes, and it is started again in front of the same gateway. */
async function startedAgain(later: number): Promise<ConfigWorld> {
  world.silenceEnd.stop();
  const { file, recordFile, timers } = world;
  return configWorld({ file, recordFile, now: timers.now + later });
}

describe('a switch with an end', () => {
  it('shows when it ends, and then puts back exactly what was there', async () => {
    const until = soon();
    await world.switchTo('ignore', until);
    expect(world.silence.view).toMatchObject({ accounts: [{ mode: 'ignore', until, former: 'answer' }] });
    world.timers.advance(hour - 1);
    expect(world.mode()).toBe('ignore');
    world.timers.advance(1);
    await expect.poll(() => world.notices().map(({ id }) => id)).toEqual(['silence-end-default']);
    await world.look();
    expect([world.file.value, world.silence.view]).toMatchObject([
      before,
      { accounts: [{ mode: 'answer', until: null, former: null }] },
    ]);
  });

  it('ends although the screen is locked: the owner decided when they switched', async () => {
    await world.switchTo('ignore', soon());
    world.circumstances.screenLocked = true;
    world.timers.advance(hour);
    await expect.poll(() => world.file.value).toEqual(before);
  });

  it('ends when the app is started after its time', async () => {
    await world.switchTo('ignore', soon());
    const later = await startedAgain(5 * hour);
    expect(later.mode()).toBe('ignore');
    later.silenceEnd.arm();
    await expect.poll(() => later.file.value).toEqual(before);
  });

  it('ends at its time when the app was started again before', async () => {
    await world.switchTo('ignore', soon());
    const later = await startedAgain(hour / 2);
    later.silenceEnd.arm();
    expect(later.mode()).toBe('ignore');
    later.timers.advance(hour / 2);
    await expect.poll(() => later.file.value).toEqual(before);
  });

  it('waits for the gateway when it is away at that time', async () => {
    await world.switchTo('ignore', soon());
    world.circumstances.connected = false;
    world.timers.advance(2 * hour);
    expect(world.file.value).not.toEqual(before);
    world.circumstances.connected = true;
    world.silenceEnd.arm();
    await expect.poll(() => world.file.value).toEqual(before);
  });

  it('is never put over what somebody else changed: the owner is told instead, once', async () => {
    await world.switchTo('ignore', soon());
    world.file.set('channels.imessage.dmPolicy', 'disabled');
    const theirs = world.file.value;
    world.timers.advance(hour);
    await expect
      .poll(() => world.notices())
      .toMatchObject([
        { text: expect.stringContaining('channels.imessage.dmPolicy was changed since') as string },
      ]);
    world.timers.advance(24 * hour);
    expect([world.file.value, world.notices().length]).toEqual([theirs, 1]);
  });

  it('is forgotten when the owner switches again', async () => {
    await world.switchTo('ignore', soon());
    await world.switchTo('answer');
    await world.switchTo('ignore');
    world.timers.advance(2 * hour);
    expect([world.mode(), world.notices()]).toEqual(['ignore', []]);
  });

  it.each([
    ['in the past', () => world.timers.now],
    ['of nothing', () => world.timers.now + hour],
  ])('%s is refused', async (what, until) => {
    const to = what === 'of nothing' ? 'answer' : 'ignore';
    expect(await world.silence.plan({ account: 'default', to, until: until() })).toMatchObject({
      error: { code: 'bad-input' },
    });
  });
});
