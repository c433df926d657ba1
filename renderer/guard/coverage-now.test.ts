import { describe, expect, it } from 'vitest';
import type { CoverageCell, CoverageRow } from '../../electron/contract/guard/coverage.ts';
import type { GuardedAccountView } from '../../electron/contract/guard/guard-view.ts';
import { accountView, guardWith } from '../bridge/guard.double.ts';
import { coverageNow, layersNow } from './coverage-now.ts';

function row(plugin: CoverageCell, transport: CoverageCell): CoverageRow {
  return { path: 'a way out', plugin, transport, provenBy: { plugin: null, transport: null }, note: null };
}

describe('what is in place', () => {
  it.each<[readonly GuardedAccountView['strict'][], string]>([
    [[], 'off'],
    [['not-offered'], 'off'],
    [['off'], 'off'],
    [['broken'], 'off'],
    [['on'], 'on'],
    [['outdated', 'on', 'not-offered'], 'on'],
    [['on', 'off'], 'mixed'],
    [['on', 'unknown'], 'unknown'],
  ])('strict mode %j is %s', (states, strict) => {
    const accounts = states.map((state, index) => accountView({ account: String(index), strict: state }));
    expect(layersNow(guardWith({ accounts }))).toEqual({ plugin: 'on', strict });
  });

  it('is an older plugin until it was updated', () => {
    const plugin = { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 } as const;
    expect(layersNow(guardWith({ plugin, accounts: [] })).plugin).toBe('older');
  });

  it('is not known before the gateway said anything', () => {
    expect(layersNow(guardWith({ plugin: { state: 'unknown' }, accounts: [] }))).toEqual({
      plugin: 'unknown',
      strict: 'unknown',
    });
  });
});

describe('what holds now', () => {
  it.each([
    ['asked', 'stopped', 'on', 'on', 'asked'],
    ['asked', 'stopped', 'off', 'on', 'stopped'],
    ['asked', 'stopped', 'older', 'off', 'asked'],
    ['stopped', 'stopped', 'on', 'off', 'stopped'],
    ['stopped', 'stopped', 'older', 'on', 'stopped'],
    ['stopped', 'stopped', 'older', 'off', 'not-seen'],
    ['unverified', 'unverified', 'older', 'off', 'unverified'],
    ['asked', 'stopped', 'off', 'off', 'not-seen'],
    ['asked', 'stopped', 'off', 'mixed', 'not-seen'],
    ['asked', 'stopped', 'unknown', 'off', 'unknown'],
    ['not-seen', 'stopped', 'on', 'off', 'not-seen'],
    ['not-seen', 'stopped', 'on', 'unknown', 'unknown'],
    ['not-seen', 'stopped', 'on', 'on', 'stopped'],
    ['not-seen', 'not-seen', 'on', 'on', 'not-seen'],
    ['not-seen', 'not-seen', 'unknown', 'unknown', 'not-seen'],
    ['unverified', 'unverified', 'on', 'off', 'unverified'],
    ['unverified', 'unverified', 'off', 'off', 'not-seen'],
  ] as const)('plugin %s, transport %s; %s and %s: %s', (plugin, transport, pluginNow, strict, now) => {
    expect(coverageNow([row(plugin, transport)], { plugin: pluginNow, strict })[0]?.now).toBe(now);
  });
});
