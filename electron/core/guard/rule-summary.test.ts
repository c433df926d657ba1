import { expect, it } from 'vitest';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import { ruleSummary } from './rule-summary.ts';

const home = { channel: 'imessage', account: 'default' };
const allow = (...to: readonly string[]): RuleChange => ({
  type: 'allow',
  ...home,
  rules: to.map((each) => ({ to: each, until: null, note: 'secret note' })),
});
const friend = '(555) 123-0001';

it.each<[RuleChange, string]>([
  [allow(friend), 'iMessage: allowed +15551230001'],
  [
    allow('a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'e@x.org'),
    'iMessage: allowed a@x.org, b@x.org, c@x.org and 2 more',
  ],
  [
    { ...home, type: 'allow', rules: [{ to: friend, until: 9, note: '' }] },
    'iMessage: allowed +15551230001 for a time',
  ],
  [
    { ...home, account: 'work', type: 'deny', rules: [{ to: friend, note: '' }] },
    'iMessage (work): denied +15551230001',
  ],
  [{ ...home, type: 'remove', list: 'allowTo', to: [friend] }, 'iMessage: no longer allowed: +15551230001'],
  [{ ...home, type: 'remove', list: 'denyTo', to: [friend] }, 'iMessage: no longer denied: +15551230001'],
  [{ ...home, type: 'unlisted', unlisted: 'ask' }, 'iMessage: Ask before anybody unlisted is written to'],
  [{ ...home, type: 'unlisted', unlisted: null }, 'iMessage: Not guarded any more'],
  [{ ...home, type: 'pairing-reply', pairingReply: 'silent' }, 'iMessage: strangers get no pairing code'],
  [{ ...home, type: 'account', entry: null }, 'iMessage: rules put back as they were'],
  [{ type: 'block', people: [{ channel: 'sms', to: friend, note: 'x' }] }, 'Blocked +15551230001 on SMS'],
  [{ type: 'unblock', people: [{ channel: 'pigeon', to: 'coo' }] }, 'Unblocked id:coo on pigeon'],
  [{ type: 'blocked', people: [] }, 'The list of blocked people was put back as it was'],
  [{ type: 'region', region: 'AT' }, 'Country of national numbers: AT'],
  [{ type: 'pause', paused: true }, 'All sends paused'],
  [{ type: 'pause', paused: false }, 'Sends resumed'],
  [
    { type: 'limit', limit: { inAll: 50, toOne: 5 } },
    'Asked about more than 50 messages a minute, or 5 to one recipient',
  ],
  [{ type: 'limit', limit: null }, 'Asked about more than 20 messages a minute, or 20 to one recipient'],
])('%j reads: %s', (change, summary) => {
  expect(ruleSummary(change, 'US')).toBe(summary);
});

it('stays short and shows what is hidden, whatever an address or account holds', () => {
  const summary = ruleSummary(
    {
      ...home,
      account: 'w'.repeat(500),
      type: 'deny',
      rules: [{ to: `\u202E${'x'.repeat(300)}`, note: '' }],
    },
    null,
  );
  expect(summary.length).toBeLessThan(400);
  expect(summary).toContain('⟨U+202E⟩');
});
