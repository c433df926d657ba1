/** What the silence switch and the policies page do to the config of a real gateway, and never do. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isFullTier } from '../build/vitest/tier.fixture.ts';
import type { ChannelEdit } from '../electron/contract/channels.ts';
import { ok } from '../electron/contract/result.ts';
import type { SilenceMode } from '../electron/contract/silence.ts';
import { becomes } from './testing/app-beside.fixture.ts';
import { group, inAllowFrom } from './testing/silence-world.fixture.ts';
import type { SilenceWorld } from './testing/silence-world.fixture.ts';
import { toolAnswer } from './testing/tool-turn.fixture.ts';

const hourMs = 3_600_000;
/** From `answer` and back to it. */
const everyWay = ['ask', 'ignore', 'answer', 'ignore', 'ask', 'answer'] as const;
const round = ['ask', 'ignore', 'ask', 'answer'] as const;

const include = { $include: './elsewhere.json5' };

interface Config {
  readonly channels: { readonly imessage: unknown };
}

/**
 * @param world is put back after each test
 * @param approved by pairing in the default account, in the order of the approvals; at least one
 */
export function silenceConfigSuite(world: () => SilenceWorld, approved: () => readonly string[]): void {
  let before = '';

  beforeEach(() => {
    before = world().configText();
  });

  async function switchThrough(modes: readonly SilenceMode[]): Promise<void> {
    for (const mode of modes) {
      await world().switchTo(mode, 'work');
      const changed = world().configText() !== before;
      expect([mode, changed]).toEqual([mode, mode === 'ignore']);
    }
    expect(world().configText()).toBe(before);
  }

  it('every way from one state to another leaves the config byte for byte as it was', async () => {
    await switchThrough(everyWay);
  });

  if (isFullTier)
    it('20 switches back and forth leave the config byte for byte as it was', async () => {
      for (let each = 0; each < 5; each += 1) await switchThrough(round);
    });

  it('an edit by somebody else between preview and apply is never overwritten', async () => {
    const plan = await world().plan('ignore');
    if (!plan.ok) throw new Error(plan.error.message);
    const edited = before.replace('"textChunkLimit": 20000', '"textChunkLimit": 20001');
    expect(edited).not.toBe(before);
    world().writeConfig(edited);
    const { id } = plan.value;
    expect(await world().app.handlers['silence.apply']({ id, confirmed: true })).toEqual(ok(null));
    await becomes(() => world().account('default')?.error?.code, 'config-changed');
    expect(world().app.snapshot().configWork).toMatchObject({ state: 'failed', written: false });
    expect(world().configText()).toBe(edited);
  });

  describe('settings the gateway takes from another file', () => {
    const place = (name: string): string => join(dirname(world().guarded.gateway.configPath), name);

    it.each<[string, string, (config: Config) => readonly [unknown, unknown]]>([
      [
        'one channel',
        'channels.imessage',
        (config) => [{ ...config, channels: { imessage: include } }, config.channels.imessage],
      ],
      ['all channels', 'channels', (config) => [{ ...config, channels: include }, config.channels]],
    ])(
      'are left alone, and the line and the changes to make there are named: %s',
      async (_what, path, split) => {
        const [main, elsewhere] = split(JSON.parse(before) as Config);
        const text = JSON.stringify(main, null, 2);
        writeFileSync(place('elsewhere.json5'), JSON.stringify(elsewhere));
        world().writeConfig(text);
        await world().gatewayRunsWith(before, [place('elsewhere.json5')]);
        const line = text.split('\n').findIndex((each) => each.includes('$include')) + 1;
        const { configPath } = world().guarded.gateway;
        const carriedOver = JSON.stringify([inAllowFrom, ...approved()]);
        expect(await world().plan('ignore')).toEqual({
          ok: false,
          error: {
            code: 'config-not-editable',
            message: `${path} comes from ./elsewhere.json5, included by line ${String(line)} of ${configPath}, so Portcullis leaves it alone. Change it by hand: set channels.imessage.accounts.default.allowFrom to ${carriedOver}; set channels.imessage.accounts.default.dmPolicy to "allowlist".`,
            retryable: false,
          },
        });
        const edits: readonly ChannelEdit[] = [{ key: 'groupAllowFrom', value: ['+15550001111'] }];
        expect(
          await world().app.handlers['channels.plan']({ channel: 'imessage', account: 'work', edits }),
        ).toMatchObject({ error: { code: 'config-not-editable' } });
        expect(world().configText()).toBe(text);
      },
    );
  });

  it('the channel policies are listed and edited by the gateway’s own schema', async () => {
    expect(await world().app.handlers['channels.list'](undefined)).toMatchObject({
      value: {
        notEditable: null,
        accounts: [
          {
            channel: 'imessage',
            label: { text: 'iMessage' },
            account: 'default',
            connected: true,
            strangers: 'code',
            settings: [
              {
                key: 'dmPolicy',
                value: 'pairing',
                from: 'channel',
                path: 'channels.imessage.accounts.default.dmPolicy',
                allowed: ['pairing', 'allowlist', 'open', 'disabled'],
              },
              { key: 'groupPolicy', value: 'allowlist', from: 'gateway' },
              { key: 'allowFrom', value: [inAllowFrom], from: 'channel', allowed: null },
              { key: 'groupAllowFrom', value: null, from: 'gateway' },
            ],
          },
          { account: 'work', settings: [{}, {}, { key: 'allowFrom', value: [group], from: 'account' }, {}] },
        ],
      },
    });
    const plan = async (edits: readonly ChannelEdit[]) =>
      world().app.handlers['channels.plan']({ channel: 'imessage', account: 'work', edits });
    expect(await plan([{ key: 'dmPolicy', value: 'nonsense' }])).toMatchObject({
      error: { code: 'bad-input' },
    });
    const edit = await plan([{ key: 'groupAllowFrom', value: ['+15550001111'] }]);
    if (!edit.ok) throw new Error(edit.error.message);
    expect(await world().app.handlers['channels.apply']({ id: edit.value.id, confirmed: false })).toEqual(
      ok(null),
    );
    await world().settled('work');
    const history = await world().app.handlers['channels.history'](undefined);
    const newest = history.ok ? history.value[0] : undefined;
    expect(newest).toMatchObject({
      reason: { kind: 'channel', account: 'work' },
      changes: [{ path: 'channels.imessage.accounts.work.groupAllowFrom', after: '["+15550001111"]' }],
      confirmed: true,
      notUndoable: null,
    });
    expect(await world().app.handlers['channels.undo']({ id: newest?.id ?? '', confirmed: false })).toEqual(
      ok(null),
    );
    await world().settled('work');
    expect(world().configText()).toBe(before);
  });

  it('a switch until tomorrow leaves the agent its tools without us, survives restarts, and ends by itself', async () => {
    const tomorrow = Date.now() + 24 * hourMs;
    await world().switchTo('ignore', 'work', tomorrow);
    const switched = world().configText();
    expect(switched).not.toBe(before);
    await world().stopApp();
    expect(await toolAnswer(world().guarded.gateway.imsg, inAllowFrom)).toMatch(
      /^DONE:(?!.*(?:authority closed|error)).*sessions/isu,
    );

    await world().guarded.gateway.restart();
    await world().startApp();
    expect(world().account('work')).toMatchObject({ mode: 'ignore', until: tomorrow });
    expect(world().configText()).toBe(switched);
    await world().stopApp();

    await world().startApp(tomorrow - 1000);
    await becomes(() => world().account('work')?.mode, 'answer');
    await becomes(
      () =>
        world()
          .app.snapshot()
          .notices.some(({ id }) => id === 'silence-end-work'),
      true,
    );
    expect(world().configText()).toBe(before);
  });
}
