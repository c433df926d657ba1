import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelEdit } from '../../contract/channels.ts';
import { ok } from '../../contract/result.ts';
import { configWorld, type ConfigWorld } from '../config/config-world.double.ts';

let world: ConfigWorld;

beforeEach(async () => {
  world = await configWorld({
    imessage: {
      cliPath: 'imsg',
      dmPolicy: 'pairing',
      allowFrom: ['+15550000001', 7],
      accounts: { default: {}, work: { allowFrom: [] } },
    },
  });
});

const plan = async (edits: readonly ChannelEdit[], account = 'default') =>
  world.channels.plan({ channel: 'imessage', account, edits });
const at = (key: string): string => `channels.imessage.accounts.default.${key}`;

describe('the list', () => {
  it('has every account with what holds, where it is set, and what it can be', async () => {
    const list = await world.channels.list();
    expect(list).toMatchObject({
      value: {
        notEditable: null,
        accounts: [
          {
            channel: 'imessage',
            account: 'default',
            enabled: true,
            connected: true,
            strangers: 'code',
            guard: { unlisted: null, allowTo: 0, pairingReply: 'send' },
            settings: [
              {
                key: 'dmPolicy',
                kind: 'choice',
                value: 'pairing',
                from: 'channel',
                path: at('dmPolicy'),
                allowed: ['pairing', 'allowlist', 'open', 'disabled'],
              },
              {
                key: 'allowFrom',
                kind: 'list',
                value: ['+15550000001', '7'],
                from: 'channel',
                allowed: null,
              },
            ],
          },
          {
            account: 'work',
            connected: null,
            settings: [{}, { key: 'allowFrom', value: [], from: 'account' }],
          },
        ],
      },
    });
  });

  it('asks the gateway for its channels once', async () => {
    const before = world.asked.length;
    await world.channels.list();
    expect(world.asked.slice(before).filter((method) => method === 'channels.status')).toHaveLength(1);
  });

  it.each([
    ['pairing', [], 'code'],
    ['allowlist', [], 'nothing'],
    ['disabled', ['*'], 'nothing'],
    ['open', ['*'], 'everyone-is-let-in'],
    ['pairing', ['*'], 'everyone-is-let-in'],
    ['something', [], null],
  ])('says what strangers get with %s and %j: %s', async (policy, allowFrom, expected) => {
    world.file.set(at('dmPolicy'), policy);
    world.file.set(at('allowFrom'), allowFrom);
    expect(await world.channels.list()).toMatchObject({ value: { accounts: [{ strangers: expected }, {}] } });
  });

  it('can be changed on another machine by hand where Portcullis cannot have the rights', async () => {
    world.local.now = false;
    world.away.approvedVia = 'owner';
    expect(await world.channels.list()).toMatchObject({ value: { notEditable: null } });
    expect(await plan([{ key: 'dmPolicy', value: 'disabled' }])).toMatchObject({
      error: {
        message: expect.stringContaining(
          `openclaw config set ${at('dmPolicy')} '"disabled"' --strict-json`,
        ) as string,
      },
    });
  });
});

describe('an edit', () => {
  it('writes lists that grow first, keeps how entries are written, and is done when the gateway runs with it', async () => {
    const planned = await plan([
      { key: 'dmPolicy', value: 'allowlist' },
      { key: 'allowFrom', value: ['+15550000001', '7', '+15550000002'] },
    ]);
    expect(planned).toMatchObject({ value: { confirm: false, warnings: [] } });
    expect(await world.channels.apply(planned.ok ? planned.value.id : '', false)).toEqual(ok(null));
    await world.settles();
    expect(world.file.writes).toMatchObject([
      {
        channels: { imessage: { accounts: { default: { allowFrom: ['+15550000001', 7, '+15550000002'] } } } },
      },
      { channels: { imessage: { accounts: { default: { dmPolicy: 'allowlist' } } } } },
    ]);
    expect(await world.changes.history()).toMatchObject([
      { reason: { kind: 'channel', channel: 'imessage', account: 'default' }, confirmed: true },
    ]);
  });

  it('takes an account’s own value away, so that the channel’s holds again', async () => {
    const planned = await plan([{ key: 'allowFrom', value: null }], 'work');
    await world.channels.apply(planned.ok ? planned.value.id : '', true);
    await world.settles();
    expect(world.file.value).toMatchObject({ channels: { imessage: { accounts: { work: {} } } } });
    expect(JSON.stringify(world.file.value)).not.toContain('"allowFrom":[]');
  });

  it.each<[string, ChannelEdit, RegExp]>([
    ['a word the gateway does not know', { key: 'dmPolicy', value: 'sometimes' }, /pairing, allowlist, open/],
    ['a list for a word', { key: 'dmPolicy', value: [] }, /one word/],
    ['a word for a list', { key: 'allowFrom', value: 'me' }, /list of people/],
    ['a setting the channel does not have', { key: 'groupPolicy', value: 'open' }, /no setting groupPolicy/],
    ['everybody let in without *', { key: 'dmPolicy', value: 'open' }, /only together with \*/],
  ])('with %s is refused', async (_what, edit, why) => {
    expect(await plan([edit])).toMatchObject({
      error: { code: 'bad-input', message: expect.stringMatching(why) as string },
    });
  });

  it('of an account that is not there is refused', async () => {
    expect(await plan([{ key: 'dmPolicy', value: 'open' }], 'nobody')).toMatchObject({
      error: { code: 'bad-input' },
    });
  });

  it.each<[string, () => void, readonly ChannelEdit[], readonly object[]]>([
    ['everybody', () => undefined, [{ key: 'allowFrom', value: ['*'] }], [{ kind: 'wildcard' }]],
    ['nobody', () => undefined, [{ key: 'dmPolicy', value: 'disabled' }], [{ kind: 'nobody' }]],
    [
      'people approved by pairing',
      () => (world.plugin.contacts = ['+15550000001', '+15550000009']),
      [{ key: 'dmPolicy', value: 'allowlist' }],
      [{ kind: 'locks-out', people: [{ text: '+15550000009' }] }],
    ],
    [
      'that nobody can tell who',
      () => {
        world.plugin.version = null;
        world.instead.failure = 'UNAVAILABLE';
        world.instead.only = 'approved-contacts';
        world.store.contacts = null;
      },
      [{ key: 'dmPolicy', value: 'allowlist' }],
      [{ kind: 'approved-unknown' }],
    ],
    [
      'strangers who get an answer',
      () => {
        world.file.set(at('dmPolicy'), 'disabled');
      },
      [{ key: 'dmPolicy', value: 'pairing' }],
      [{ kind: 'answers-strangers', text: expect.stringContaining('Pairing code') as string }],
    ],
  ])('warns about %s and then has to be confirmed', async (_what, given, edits, warnings) => {
    given();
    const planned = await plan(edits);
    expect(planned).toMatchObject({ value: { warnings, confirm: true } });
    const id = planned.ok ? planned.value.id : '';
    expect(await world.channels.apply(id, false)).toMatchObject({ error: { code: 'bad-input' } });
    expect(world.file.writes).toEqual([]);
    expect(await world.channels.apply(id, true)).toEqual(ok(null));
    await world.settles();
  });

  it('that changes nothing says so', async () => {
    expect(await plan([{ key: 'allowFrom', value: null }])).toMatchObject({
      value: { changes: [], warnings: [] },
    });
  });

  it('that changes nothing says so too where the settings come from another file', async () => {
    world.gateway.whole = world.file.value;
    world.file.value = { channels: { $include: './channels.json5' } };
    world.file.includes = [{ path: ['channels'], files: ['./channels.json5'], line: 2 }];
    await world.look();
    const same = { key: 'allowFrom', value: [] } as const;
    expect(await plan([same], 'work')).toMatchObject({ value: { changes: [], warnings: [] } });
    expect(await plan([same, { key: 'dmPolicy', value: 'disabled' }], 'work')).toMatchObject({
      error: { message: expect.stringContaining('line 2 of') as string },
    });
  });
});
