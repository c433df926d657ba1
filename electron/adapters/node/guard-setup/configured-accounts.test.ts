import { describe, expect, it } from 'vitest';
import type { Json } from '../../../core/config-ports.ts';
import { accountsInConfig } from './configured-accounts.ts';

const found = (channels: Json): readonly unknown[] =>
  accountsInConfig({ channels }).map(({ channel, account, cliPath, cliPathAt, allowFrom, enabled }) => ({
    name: `${channel}/${account}`,
    cliPath,
    at: cliPathAt.join('.'),
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
          at: 'channels.imessage.cliPath',
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
          at: 'channels.imessage.accounts.Work Mac.cliPath',
          allowFrom: '+1',
        },
        {
          ...usual,
          name: 'imessage/home',
          at: 'channels.imessage.accounts.home.cliPath',
          allowFrom: '+1',
          enabled: false,
        },
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
          at: 'channels.imessage.accounts.default.cliPath',
        },
        { ...usual, name: 'imessage/work', cliPath: 'w', at: 'channels.imessage.accounts.work.cliPath' },
      ],
    ],
    [
      'other channels, with and without a credential of their own',
      {
        telegram: { botToken: 't', accounts: { b: { botToken: 'u' } } },
        slack: { enabled: false, accounts: { c: {} } },
      },
      [
        { ...usual, name: 'telegram/default', at: 'channels.telegram.accounts.default.cliPath' },
        { ...usual, name: 'telegram/b', at: 'channels.telegram.accounts.b.cliPath' },
        { ...usual, name: 'slack/c', at: 'channels.slack.accounts.c.cliPath', enabled: false },
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
