import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { configWorld, usualImessage, type ConfigWorld } from '../config/config-world.double.ts';

const hour = 3_600_000;
const before = { channels: { imessage: usualImessage } };
let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld();
});

const inHours = (hours: number): number => world.timers.now + hours * hour;
const planEnd = async (until: number | null, to: 'answer' | 'ignore' = 'ignore') =>
  world.silence.plan({ account: 'default', to, until });

async function planned(until: number | null): Promise<string> {
  const plan = await planEnd(until);
  if (!plan.ok) throw new Error(plan.error.message);
  expect(plan.value).toMatchObject({ from: 'ignore', to: 'ignore', changes: [], rule: null, until });
  return plan.value.id;
}

const shownEnd = (): number | null =>
  world.silence.view.state === 'ready' ? (world.silence.view.accounts[0]?.until ?? null) : null;

describe('the end of what holds already', () => {
  it.each<[string, number | null, number | null]>([
    ['is set where there was none', null, 2],
    ['becomes another one', 1, 3],
    ['is taken away', 1, null],
  ])('%s, and nothing is written to the config', async (_what, old, wanted) => {
    await world.switchTo('ignore', old === null ? null : inHours(old));
    const { value, writes } = world.file;
    const until = wanted === null ? null : inHours(wanted);
    const made = writes.length;
    expect(await world.silence.apply(await planned(until), false)).toEqual(ok(null));
    expect([shownEnd(), writes.length]).toEqual([until, made]);
    world.timers.advance((wanted ?? 100) * hour - 1);
    expect([world.file.value, world.notices()]).toEqual([value, []]);
    world.timers.advance(1);
    if (wanted === null) expect([world.mode(), world.notices()]).toEqual(['ignore', []]);
    else await expect.poll(() => world.file.value).toEqual(before);
  });

  it.each([
    ['no end, as before', null],
    ['the same end', 2],
  ])('is like that already with %s', async (_what, hours) => {
    const until = hours === null ? null : inHours(hours);
    await world.switchTo('ignore', until);
    expect(await planEnd(until)).toMatchObject({
      error: { code: 'bad-input', message: 'It is like that already.' },
    });
  });

  it('is of nothing where nobody switched', async () => {
    expect(await planEnd(inHours(1), 'answer')).toMatchObject({ error: { code: 'bad-input' } });
    expect(await planEnd(null, 'answer')).toMatchObject({ error: { code: 'bad-input' } });
  });

  it.each<[string, () => unknown, string]>([
    [
      'somebody else changed the mode by hand',
      () => {
        world.file.set('channels.imessage.dmPolicy', 'pairing');
      },
      'config-changed',
    ],
    ['it was taken back', () => goBack(), 'config-changed'],
    ['the screen was locked', () => void (world.circumstances.screenLocked = true), 'not-armed'],
    ['the connection was lost', () => void (world.circumstances.connected = false), 'not-connected'],
  ])('stays when %s after the preview', async (_what, happens, code) => {
    await world.switchTo('ignore', inHours(1));
    const id = await planned(null);
    await happens();
    const remembered = world.record.current.silences;
    expect(await world.silence.apply(id, false)).toMatchObject({ error: { code } });
    expect(world.record.current.silences).toEqual(remembered);
  });
});

async function goBack(): Promise<void> {
  await world.silence.undo('default', true);
  await world.settles();
}

describe('a mode that somebody else changed by hand', () => {
  it('promises no end and no way back, and is like that already', async () => {
    await world.switchTo('ignore', inHours(1));
    world.file.set('channels.imessage.dmPolicy', 'pairing');
    world.gateway.takeOver();
    await world.look();
    expect(world.silence.view).toMatchObject({
      accounts: [{ mode: 'answer', until: null, former: null, undoConfirm: false }],
    });
    expect(await planEnd(null, 'answer')).toMatchObject({ error: { message: 'It is like that already.' } });
  });

  it('is switched like any other', async () => {
    await world.switchTo('ignore', inHours(1));
    world.file.set('channels.imessage.dmPolicy', 'pairing');
    await world.look();
    await world.switchTo('ignore');
    expect([world.mode(), shownEnd()]).toEqual(['ignore', null]);
    world.timers.advance(2 * hour);
    expect([world.mode(), world.notices()]).toEqual(['ignore', []]);
  });
});
