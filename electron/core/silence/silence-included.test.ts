import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../contract/gateway-config/json.ts';
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import { configWorld, type ConfigWorld } from '../config/config-world.double.ts';

const imessage = {
  cliPath: 'imsg',
  dmPolicy: 'pairing',
  allowFrom: ['+15550000001'],
  accounts: { default: {}, work: { dmPolicy: 'allowlist' } },
};

let world: ConfigWorld;

/** The file leaves something to others; what the gateway makes of it stays. */
async function includes(path: readonly string[], left: Json): Promise<void> {
  world = await configWorld({ imessage });
  world.plugin.contacts = ['+15550000002'];
  world.gateway.whole = { channels: { imessage } };
  world.file.value = left;
  world.file.includes = [{ path, files: ['./channels.json5'], line: 12 }];
  await world.look();
}

const plan = async (to: 'answer' | 'ignore', account: string) =>
  world.silence.plan({ account, to, until: null });

describe.each<[string, readonly string[], Json]>([
  ['the channel', ['channels', 'imessage'], { channels: { imessage: { $include: './channels.json5' } } }],
  ['all channels', ['channels'], { channels: { $include: './channels.json5' } }],
  ['the whole config', [], { $include: './channels.json5' }],
])('settings that come from another file: %s', (_what, path, left) => {
  beforeEach(async () => includes(path, left));

  it.each([
    [
      'ignore',
      'default',
      'set channels.imessage.accounts.default.allowFrom to ["+15550000001","+15550000002"]; set channels.imessage.accounts.default.dmPolicy to "allowlist"',
    ],
    ['answer', 'work', 'set channels.imessage.accounts.work.dmPolicy to "pairing"'],
  ] as const)('are left alone, and the line and the changes named: %s, %s', async (to, account, changes) => {
    const place = path.length === 0 ? 'The config' : path.join('.');
    const line = 'line 12 of /home/owner/.openclaw/openclaw.json';
    expect(await plan(to, account)).toMatchObject({
      error: {
        code: 'config-not-editable',
        message: `${place} comes from ./channels.json5, included by ${line}, so Portcullis leaves it alone. Change it by hand: ${changes}.`,
      },
    });
    expect(world.file.writes).toEqual([]);
  });

  it.each([
    ['answer', 'default'],
    ['ignore', 'work'],
  ] as const)('are known to be so already: %s, %s', async (to, account) => {
    expect(await plan(to, account)).toMatchObject({ error: { message: silenceErrorTexts.alreadySo } });
  });

  it('are named on the page of channel policies as well', async () => {
    const edits = [{ key: 'dmPolicy', value: 'disabled' }] as const;
    expect(await world.channels.plan({ channel: 'imessage', account: 'work', edits })).toMatchObject({
      error: {
        code: 'config-not-editable',
        message: expect.stringContaining(
          'Change it by hand: set channels.imessage.accounts.work.dmPolicy to "disabled".',
        ) as string,
      },
    });
  });
});

it('what was switched before the settings moved to another file is not taken back in ours', async () => {
  world = await configWorld({ imessage });
  await world.switchTo('ignore');
  const { value } = world.file;
  world.gateway.whole = value;
  world.file.includes = [{ path: ['channels'], files: ['./channels.json5'], line: 2 }];
  await world.look();
  expect(await plan('answer', 'default')).toMatchObject({ error: { code: 'config-not-editable' } });
});
