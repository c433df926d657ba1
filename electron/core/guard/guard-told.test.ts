/** What the owner is told without asking, once each: the guard or a part of it gone, rules damaged or changed by others. */
import { beforeEach, describe, expect, it } from 'vitest';
import { guardNoticeTexts } from '../../contract/guard/guard-texts.ts';
import { unknownGuard } from '../../contract/guard/guard-view.ts';
import { guardWorld, working, type GuardWorld } from './guard.fixture.ts';

let world: GuardWorld;

beforeEach(() => {
  world = guardWorld();
});

const settles = async (): Promise<void> => world.keeper.look();

describe('the owner is told', () => {
  const texts = (): readonly string[] => world.notices().map(({ id }) => id);

  it('once that the rules cannot be read, until they can', async () => {
    await world.keeper.connected();
    world.plugin.status = 'unreadable';
    await settles();
    expect([texts(), world.keeper.gate]).toEqual([['guard-rules-unreadable'], 'rules-unreadable']);
    // The gateway restarts with the same damage: nothing new.
    await world.keeper.connected();
    expect(world.news.filter((what) => what === 'notice')).toHaveLength(1);
    world.plugin.status = 'ready';
    await settles();
    expect(texts()).toEqual([]);
  });

  it('that the plugin went away, until it is back', async () => {
    await world.keeper.connected();
    world.plugin.version = null;
    await settles();
    await settles();
    expect(texts()).toEqual(['guard-gone']);
    world.plugin.version = '0.2.0';
    await settles();
    expect(texts()).toEqual([]);
  });

  it('within one look that the gateway runs without what an earlier run of the app set up', async () => {
    world.installer.remembers({ part: 'plugin' }, { part: 'strict', account: 'default' });
    world.plugin.version = null;
    await world.keeper.connected();
    await settles();
    expect(world.keeper.view.missing).toEqual([{ part: 'plugin' }, { part: 'strict', account: 'default' }]);
    expect(world.notices().map(({ text }) => text)).toEqual([guardNoticeTexts.gone]);
    expect(world.news.filter((what) => what === 'notice')).toHaveLength(1);
    world.plugin.version = '0.2.0';
    world.installer.become('on');
    await settles();
    expect([world.keeper.view.missing, texts()]).toEqual([[], []]);
  });

  it('that strict mode alone is gone, and again when the plugin follows', async () => {
    world.installer.remembers({ part: 'plugin' }, { part: 'strict', account: 'default' });
    await world.keeper.connected();
    expect(world.notices().map(({ text }) => text)).toEqual([guardNoticeTexts.strictGone]);
    world.plugin.version = null;
    await settles();
    expect(world.notices().map(({ text }) => text)).toEqual([guardNoticeTexts.gone]);
  });

  it.each(['on', 'outdated', 'broken'] as const)(
    'of no strict mode gone where it is %s, nor of one whose account is',
    async (strict) => {
      world.installer.become(strict);
      world.installer.remembers(
        { part: 'strict', account: 'default' },
        { part: 'strict', account: 'former' },
      );
      await world.keeper.connected();
      expect([world.keeper.view.missing, texts()]).toEqual([[], []]);
    },
  );

  it('of nothing missing while it is being set up', async () => {
    world.installer.remembers({ part: 'plugin' });
    world.plugin.version = null;
    world.keeper.showSetup(working('plugin', 'install'));
    await world.keeper.connected();
    expect([world.keeper.view.missing, texts()]).toEqual([[], []]);
  });

  it('once that somebody else changed the rules, until they are put back', async () => {
    await world.keeper.connected();
    world.plugin.rules = { state: 'ready', changedBy: { added: 2, removed: 1, entries: [] } };
    await settles();
    await settles();
    expect(world.notices()).toEqual([
      { id: 'guard-rules-outside', text: 'Rules were changed outside Portcullis: 2 added, 1 removed.' },
    ]);
    expect(world.news.filter((what) => what === 'notice')).toHaveLength(1);
    world.plugin.rules = { state: 'ready' };
    await settles();
    expect(texts()).toEqual([]);
  });

  it.each(['missing', 'misspelt'] as const)('that the rules are %s', async (state) => {
    world.plugin.rules = { state };
    await world.keeper.connected();
    expect(world.keeper.view.rulesTrouble).toBe(state);
  });

  it('nothing when it was never there', async () => {
    world.plugin.version = null;
    await world.keeper.connected();
    expect(texts()).toEqual([]);
  });

  it('nothing when the owner removes it', async () => {
    await world.keeper.connected();
    world.keeper.showSetup(working('plugin', 'remove'));
    world.plugin.version = null;
    await settles();
    world.keeper.showSetup(unknownGuard.setup);
    await settles();
    expect(texts()).toEqual([]);
  });

  it('nothing while it is being updated, but afterwards if it did not come back', async () => {
    await world.keeper.connected();
    world.keeper.showSetup(working('plugin', 'update'));
    world.plugin.version = null;
    await settles();
    expect(texts()).toEqual([]);
    world.keeper.showSetup(unknownGuard.setup);
    await settles();
    expect(texts()).toEqual(['guard-gone']);
  });

  it('nothing about a gateway that is not looked at any more', async () => {
    await world.keeper.connected();
    world.plugin.status = 'unreadable';
    await settles();
    world.keeper.forget();
    expect(texts()).toEqual([]);
    world.plugin.version = null;
    await world.keeper.connected();
    expect(texts()).toEqual([]);
  });
});
