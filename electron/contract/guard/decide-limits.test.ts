import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nationalNumber, spellingsOf } from './address-spellings.arbitrary.ts';
import {
  account,
  allow,
  ask,
  deny,
  friend,
  hash,
  now,
  policy,
  ready,
  send,
  stranger,
  target,
} from './decide.fixture.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import type { Policy } from './policy.ts';
import type { PolicyState, Send } from './send.ts';

describe('a one-time allowance', () => {
  const once = {
    id: 'once-0001',
    channel: 'imessage',
    account: 'default',
    to: stranger,
    textSha256: hash,
    media: false,
    expiresAt: now + 1,
  };
  const state = ready({ oneTime: [once] });
  it.each<[string, Send, PolicyState, Decision]>([
    [
      'lets its text through to its recipient',
      send(stranger),
      state,
      allow({ rule: 'one-time', id: 'once-0001' }),
    ],
    [
      'knows the recipient behind a conversation',
      send([target('chat_id:4', { people: [stranger] })]),
      state,
      allow({ rule: 'one-time', id: 'once-0001' }),
    ],
    [
      'is not for another text',
      send(stranger, { textSha256: 'b'.repeat(64) }),
      state,
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'is not for files that were not shown',
      send(stranger, { media: true }),
      state,
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'is not for another recipient',
      send('+15551230098'),
      state,
      ask({ rule: 'unlisted', to: '+15551230098' }),
    ],
    [
      'is not for a group the recipient is in',
      send([target('group:chat8', { people: [stranger, friend] })]),
      state,
      ask({ rule: 'unlisted', to: 'group:chat8' }),
    ],
    [
      'is not for an extra recipient',
      send([target(stranger), target('+15551230098')]),
      state,
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'ends',
      send(stranger),
      ready({ oneTime: [{ ...once, expiresAt: now }] }),
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'does not beat a deny rule',
      send('+15551230009'),
      ready({ oneTime: [{ ...once, to: '+15551230009' }] }),
      deny({ rule: 'denied', to: '+15551230009' }),
    ],
  ])('%s', (_name, given, policyState, expected) => {
    expect(decide(policyState, given, now)).toEqual(expected);
  });
});

describe('an unreadable policy', () => {
  const unreadable = (lastGood: Policy | null): PolicyState => ({
    status: 'unreadable',
    problem: 'cut off',
    lastGood,
  });
  it.each<[string, Policy | null, Send, Decision]>([
    ['lets nothing out when nothing is known', null, send(friend), ask({ rule: 'policy-unreadable' })],
    [
      'lets out what the last good policy names',
      policy,
      send(friend),
      allow({ rule: 'listed', to: friend, until: null }),
    ],
    ['lets out nothing unlisted', policy, send(stranger), ask({ rule: 'policy-unreadable' })],
    [
      'lets out no reply',
      policy,
      send([target('chat_id:1', { people: [stranger], opened: true })]),
      ask({ rule: 'policy-unreadable' }),
    ],
    [
      'restricts every channel',
      policy,
      send('@x', { channel: 'telegram' }),
      ask({ rule: 'policy-unreadable' }),
    ],
    ['still denies', policy, send('+15551230009'), deny({ rule: 'denied', to: '+15551230009' })],
    ['stays paused', { ...policy, paused: true }, send(friend), deny({ rule: 'paused' })],
  ])('%s', (_name, lastGood, given, expected) => {
    expect(decide(unreadable(lastGood), given, now)).toEqual(expected);
  });
});

describe('rules that are gone', () => {
  it('close every channel where a guard was set up', () => {
    expect(decide({ status: 'absent', installed: true }, send(friend), now)).toEqual(
      ask({ rule: 'policy-unreadable' }),
    );
  });
});

describe('an account', () => {
  const other = { ...account, account: 'work', allowTo: [], denyTo: [{ to: friend, note: '' }] };
  const both = ready({ accounts: [account, other] });
  const from = (name: string | null, accounts: readonly string[] | null, state = both): Decision =>
    decide(state, send(friend, { account: name, accounts }), now);
  const listed = allow({ rule: 'listed', to: friend, until: null });
  const denied = deny({ rule: 'denied', to: friend });
  const free = allow({ rule: 'not-configured' });

  it.each(['default', 'Default', ' DEFAULT ', ''])(
    'is known in the spellings OpenClaw takes: “%s”',
    (name) => {
      expect(from(name, null)).toEqual(listed);
    },
  );

  it.each(['work', 'Work'])('has the rules somebody wrote for it as “%s”', (written) => {
    const state = ready({ accounts: [account, { ...other, account: written }] });
    expect(from('work', null, state)).toEqual(denied);
  });

  it('without rules is free only where it exists, and nobody misspelt it in the rules', () => {
    const misspelt = ready({ accounts: [{ ...account, account: 'defualt' }] });
    expect([
      from('home', ['default', 'work', 'home']),
      from('ghost', ['default', 'work', 'home']),
      from('default', ['default'], misspelt),
      decide(misspelt, send(stranger, { accounts: ['default'] }), now),
    ]).toEqual([free, denied, listed, ask({ rule: 'unlisted', to: stranger })]);
  });
});

describe('a channel', () => {
  const onChannel = (channel: string, state: PolicyState, to = stranger): Decision =>
    decide(state, send(to, { channel }), now);

  it.each(['imessage', 'iMessage', ' IMSG '])('is known in the spellings OpenClaw takes: “%s”', (channel) => {
    expect(onChannel(channel, ready())).toEqual(ask({ rule: 'unlisted', to: stranger }));
  });

  it('that is not named may be any: what one forbids is forbidden, and the rest is asked', () => {
    const state = ready({ blocked: [{ channel: 'signal', to: stranger, note: '' }] });
    expect(onChannel('', state)).toEqual(deny({ rule: 'blocked', to: stranger }));
    expect(onChannel(' ', ready(), friend)).toEqual(ask({ rule: 'channel' }));
    expect(onChannel('', ready({ accounts: [] }))).toEqual(allow({ rule: 'not-configured' }));
    expect(onChannel('', ready({ accounts: [], paused: true }))).toEqual(deny({ rule: 'paused' }));
  });
});

// Thousands of generated cases take their time on a busy machine.
describe('properties', { timeout: 30_000 }, () => {
  const listNumbers = fc.uniqueArray(nationalNumber, { minLength: 1, maxLength: 6 });
  const spelled = (national: string): fc.Arbitrary<string> => spellingsOf(national);

  it('decides the same for every spelling of the same recipient and rule', () => {
    const scenario = fc
      .tuple(listNumbers, nationalNumber, fc.constantFrom('allow', 'deny', 'blocked', 'none'))
      .chain(([numbers, other, role]) => {
        const subject = role === 'none' ? other : (numbers[0] ?? other);
        return fc.record({
          numbers: fc.constant(numbers),
          role: fc.constant(role),
          subject: fc.constant(subject),
          spelling: spelled(subject),
        });
      });
    fc.assert(
      fc.property(scenario, ({ numbers, role, subject, spelling }) => {
        const rules = numbers.map((number) => ({ to: `+1${number}`, until: null, note: '' }));
        const state = ready({
          accounts: [
            { ...account, allowTo: role === 'allow' ? rules : [], denyTo: role === 'deny' ? rules : [] },
          ],
          blocked: role === 'blocked' ? rules.map(({ to }) => ({ channel: 'imessage', to, note: '' })) : [],
        });
        expect(decide(state, send(spelling), now)).toEqual(decide(state, send(`+1${subject}`), now));
      }),
      { numRuns: 1000 },
    );
  });

  it('never allows a recipient that no rule names, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (to, readable) => {
        const state: PolicyState = readable
          ? ready()
          : { status: 'unreadable', problem: '', lastGood: policy };
        const decision = decide(state, send(to), now);
        if (decision.verdict === 'allow') expect(decision.because.rule).toBe('listed');
        else expect(['ask', 'deny']).toContain(decision.verdict);
      }),
      { numRuns: 3000 },
    );
  });
});
