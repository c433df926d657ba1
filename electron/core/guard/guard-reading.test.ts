import { describe, expect, it } from 'vitest';
import { account } from '../../contract/guard/decide.fixture.ts';
import { unknownGuard } from '../../contract/guard/guard-view.ts';
import { guardProtocol } from '../../contract/guard/guard-wire.ts';
import { emptyPolicy } from '../../contract/guard/policy.ts';
import type { GuardStatus } from './guard-calls.ts';
import { imessage } from './guard-installer.double.ts';
import { compareVersions, guardView, type GuardReading } from './guard-reading.ts';

const status: GuardStatus = {
  version: '0.1.0',
  holdMs: 60_000,
  policy: 'ready',
  problem: null,
  overflow: 2,
  unreadable: 1,
  selfTests: 0,
  digest: null,
  protocol: guardProtocol,
  rules: null,
};
const work = { ...account, account: 'work', pairingReply: 'silent' } as const;
const policy = { ...emptyPolicy, revision: 4, paused: true, accounts: [account, work] };
const reading: GuardReading = {
  plugin: { state: 'present', status, rules: { status: 'ready', policy, known: true } },
  installation: {
    accounts: [
      { ...imessage, account: 'home', strict: 'on' },
      { ...imessage, strict: 'outdated' },
    ],
    setUp: [],
  },
};
const parts = { reading, broughtVersion: '0.2.0', setup: unknownGuard.setup };

const rules = { unlisted: 'ask', pairingReply: 'send', allowed: 4, denied: 1 } as const;

describe('the guard as the owner sees it', () => {
  it('is unknown before anything was read', () => {
    expect(guardView({ ...parts, reading: null })).toEqual(unknownGuard);
  });

  it('shows every configured account, then those that only have rules', () => {
    expect(guardView(parts)).toEqual({
      plugin: { state: 'present', version: '0.1.0', match: 'older', holdSeconds: 60 },
      policy: { status: 'ready', revision: 4 },
      paused: true,
      accounts: [
        {
          channel: 'imessage',
          account: 'home',
          unlisted: null,
          pairingReply: 'send',
          allowed: 0,
          denied: 0,
          strict: 'on',
        },
        { channel: 'imessage', account: 'default', ...rules, strict: 'outdated' },
        { channel: 'imessage', account: 'work', ...rules, pairingReply: 'silent', strict: 'not-offered' },
      ],
      missing: [],
      rulesTrouble: null,
      overflow: 2,
      unreadable: 1,
      setup: unknownGuard.setup,
    });
  });

  it('takes a plugin that speaks an earlier protocol for older, whatever its version', () => {
    const plugin = { ...reading.plugin, status: { ...status, version: '0.2.0', protocol: 1 } } as const;
    expect(guardView({ ...parts, reading: { ...reading, plugin } }).plugin).toMatchObject({
      version: '0.2.0',
      match: 'older',
    });
  });

  it('does not claim to know the transport guard of a gateway elsewhere', () => {
    const elsewhere = guardView({ ...parts, reading: { ...reading, installation: null } });
    expect(elsewhere.accounts.map(({ account: name, strict }) => [name, strict])).toEqual([
      ['default', 'unknown'],
      ['work', 'unknown'],
    ]);
  });

  it('without the plugin has no rules, and every account is open', () => {
    const view = guardView({ ...parts, reading: { ...reading, plugin: { state: 'absent' } } });
    expect(view).toMatchObject({ plugin: { state: 'absent' }, policy: { status: 'unknown' }, paused: false });
    expect(view.accounts.map(({ unlisted }) => unlisted)).toEqual([null, null]);
  });

  it.each([
    [true, { status: 'unreadable', problem: 'Line 3 ⟨U+0007⟩', restorable: true }],
    [false, { status: 'unreadable', problem: 'Line 3 ⟨U+0007⟩', restorable: false }],
  ] as const)(
    'says what is wrong with the rules, and whether there are earlier ones: %s',
    (known, expected) => {
      const unreadable: GuardReading['plugin'] = {
        state: 'present',
        status: { ...status, policy: 'unreadable', problem: 'Line 3 \u0007' },
        rules: { status: 'unreadable', policy, known },
      };
      expect(guardView({ ...parts, reading: { ...reading, plugin: unreadable } }).policy).toEqual(expected);
    },
  );
});

it.each([
  ['0.1.0', '0.1.0', 'same'],
  ['0.1.0', '0.1', 'same'],
  ['0.9.0', '0.10.0', 'older'],
  ['1.0.0', '0.10.0', 'newer'],
  ['1.0.0-beta.1', '1.0.0', 'older'],
  ['1.0.0', '1.0.0-beta.1', 'newer'],
  ['1.0.0-beta.1', '1.0.0-beta.2', 'older'],
  ['nonsense', '0.1.0', 'older'],
] as const)('plugin %s beside %s brought is %s', (installed, bundled, match) => {
  expect(compareVersions(installed, bundled)).toBe(match);
});
