import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { accountRules, allowRule, policyWith, rulesWith } from '../bridge/guard.double.ts';
import { editOf, listRules, removalOf, ruleLookup, searchRules } from './listed-rules.ts';
import { regionCodes } from './regions.ts';

const work = { channel: 'imessage', account: 'work' };
const policy = policyWith({
  accounts: [
    accountRules({
      ...work,
      allowTo: [allowRule('+436641234567', { note: 'Zoë Müller', until: 5 })],
      denyTo: [{ to: 'spam@example.com', note: '' }],
    }),
  ],
  blocked: [{ channel: 'imessage', to: '+15550000000', note: 'Rude' }],
});
const rules = listRules(policy);

describe('the rules as one list', () => {
  it('holds allowed, denied and blocked', () => {
    expect(rules.map(({ id, note, until }) => [id, note, until])).toEqual([
      ['allowed imessage work +436641234567', 'Zoë Müller', 5],
      ['denied imessage work spam@example.com', '', null],
      ['blocked imessage  +15550000000', 'Rude', null],
    ]);
  });

  it.each([
    ['', 3],
    ['zoe muller', 1],
    ['MÜLLER', 1],
    ['+43 664 / 123-4567', 1],
    ['555', 1],
    ['nobody', 0],
  ])('searched for "%s" gives %d', (text, count) => {
    expect(searchRules(rules)(text)).toHaveLength(count);
  });

  it('stays fast with twenty thousand of them', () => {
    const many = listRules(
      policyWith({
        accounts: [
          accountRules({
            allowTo: Array.from({ length: 20_000 }, (_, index) =>
              allowRule(`+1555${String(2_000_000 + index)}`),
            ),
          }),
        ],
      }),
    );
    expect(searchRules(many)('+1 555 201 9999')).toHaveLength(1);
  });

  it.each([
    ['allowed', { type: 'remove', list: 'allowTo', ...work, to: ['+436641234567'] }],
    ['denied', { type: 'remove', list: 'denyTo', ...work, to: ['spam@example.com'] }],
    ['blocked', { type: 'unblock', people: [{ channel: 'imessage', to: '+15550000000' }] }],
  ])('%s: knows the change that removes it', (list, change) => {
    expect(rules.filter((rule) => rule.list === list).map(removalOf)).toEqual([change]);
  });

  it.each([
    ['allowed', { type: 'allow', ...work, rules: [{ to: '+436641234567', until: 9, note: 'N' }] }],
    ['denied', { type: 'deny', ...work, rules: [{ to: 'spam@example.com', note: 'N' }] }],
    ['blocked', { type: 'block', people: [{ channel: 'imessage', to: '+15550000000', note: 'N' }] }],
  ])('%s: knows the change that edits it', (list, change) => {
    expect(rules.filter((rule) => rule.list === list).map((rule) => editOf(rule, 'N', 9))).toEqual([change]);
  });

  it('says where an address is listed, per account, blocks for the whole channel', () => {
    const other = { channel: 'imessage', account: 'default' };
    const keys = ['+436641234567', 'spam@example.com', '+15550000000', '+15559999999'];
    expect(keys.map(ruleLookup(policy, work))).toEqual(['allowed', 'denied', 'blocked', null]);
    expect(keys.map(ruleLookup(policy, other))).toEqual([null, null, 'blocked', null]);
  });
});

it('knows a person again by another spelling, as the guard does', () => {
  const rule = (to: string) => ({ to, until: null, note: '' });
  const entry = accountRules({ allowTo: [rule('+525555550123')], denyTo: [rule('+541155550123')] });
  const lookup = ruleLookup(rulesWith({ accounts: [entry] }).policy, entry);
  expect(['+5215555550123', '+5491155550123'].map(lookup)).toEqual(['allowed', 'denied']);
});

it('offers every country whose numbers can be understood', () => {
  expect(regionCodes.toSorted()).toEqual(getCountries().toSorted());
});
