import { describe, expect, it } from 'vitest';
import { accountsInConfig, settingInConfig } from './channel-accounts.ts';
import type { Json } from './json.ts';

const found = (channels: Json): readonly unknown[] =>
  accountsInConfig({ channels }).map(({ channel, account, cliPath, at, allowFrom, enabled }) => ({
    name: `${channel}/${account}`,
    cliPath,
    at: at.join('.'),
    allowFrom: allowFrom.join(' '),
    enabled,
  }));

const usual = { cliPath: null, allowFrom: '', enabled: true };

describe('the accounts of a config', () => {
  it.each<[string, Json, readonly object[]]>([
    ['none', {}, []],
    ['settings of all channels', { defaults: { groupPolicy: 'open' }, modelByChannel: {} }, []],
    [
      'one without a name',
      { imessage: { cliPath: ' /x/imsg ', allowFrom: ['+1', 7] } },
      [
        {
          ...usual,
          name: 'imessage/default',
          cliPath: '/x/imsg',
          at: 'channels.imessage',
          allowFrom: '+1 7',
        },
      ],
    ],
    [
      'named ones, which inherit what they do not set',
      {
        imessage: { allowFrom: ['+1'], accounts: { 'Work Mac': { cliPath: 'w' }, home: { enabled: false } } },
      },
      [
        {
          ...usual,
          name: 'imessage/work-mac',
          cliPath: 'w',
          at: 'channels.imessage.accounts.Work Mac',
          allowFrom: '+1',
        },
        {
          ...usual,
          name: 'imessage/home',
          at: 'channels.imessage.accounts.home',
          allowFrom: '+1',
          enabled: false,
        },
      ],
    ],
    [
      'people below dm, where some channels keep them',
      { discord: { dm: { allowFrom: [1] }, accounts: { a: { dm: { allowFrom: ['2'] } }, b: {} } } },
      [
        { ...usual, name: 'discord/a', at: 'channels.discord.accounts.a', allowFrom: '2' },
        { ...usual, name: 'discord/b', at: 'channels.discord.accounts.b', allowFrom: '1' },
      ],
    ],
    [
      'one without a name beside named ones, which would inherit its cliPath',
      { imessage: { cliPath: 'imsg', accounts: { work: { cliPath: 'w' } } } },
      [
        {
          ...usual,
          name: 'imessage/default',
          cliPath: 'imsg',
          at: 'channels.imessage.accounts.default',
        },
        { ...usual, name: 'imessage/work', cliPath: 'w', at: 'channels.imessage.accounts.work' },
      ],
    ],
    [
      'other channels, with and without a credential of their own',
      {
        telegram: { botToken: 't', accounts: { b: { botToken: 'u' } } },
        slack: { enabled: false, accounts: { c: {} } },
      },
      [
        { ...usual, name: 'telegram/default', at: 'channels.telegram.accounts.default' },
        { ...usual, name: 'telegram/b', at: 'channels.telegram.accounts.b' },
        { ...usual, name: 'slack/c', at: 'channels.slack.accounts.c', enabled: false },
      ],
    ],
  ])('%s', (_name, channels, expected) => {
    expect(found(channels)).toEqual(expected);
  });

  it('are none in a config that is no config', () => {
    expect([null, [], { channels: [] }, { channels: { imessage: 'x' } }].map(accountsInConfig)).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

describe('a setting of an account', () => {
  const config: Json = {
    channels: {
      defaults: { groupPolicy: 'disabled' },
      imessage: { dmPolicy: 'pairing', accounts: { work: { dmPolicy: 'allowlist' }, home: {} } },
      telegram: { dmPolicy: 'open' },
    },
  };
  const settingOf = (name: string, key: string) => {
    const account = accountsInConfig(config).find((entry) => `${entry.channel}/${entry.account}` === name);
    if (account === undefined) throw new Error(`No ${name}.`);
    const { path, ...found } = settingInConfig(config, account, key);
    return { ...found, path: path.join('.') };
  };

  it.each([
    ['imessage/work', 'dmPolicy', 'allowlist', 'account', 'channels.imessage.accounts.work.dmPolicy'],
    ['imessage/home', 'dmPolicy', 'pairing', 'channel', 'channels.imessage.accounts.home.dmPolicy'],
    ['imessage/home', 'groupPolicy', 'disabled', 'defaults', 'channels.imessage.accounts.home.groupPolicy'],
    ['telegram/default', 'dmPolicy', 'open', 'channel', 'channels.telegram.dmPolicy'],
    ['telegram/default', 'allowFrom', undefined, 'gateway', 'channels.telegram.allowFrom'],
  ])('of %s, %s, is %s from the %s', (name, key, value, from, path) => {
    expect(settingOf(name, key)).toEqual({ value, from, path });
  });
});
