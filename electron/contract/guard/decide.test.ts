import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nationalNumber, spellingsOf } from './address-spellings.arbitrary.ts';
import { decide } from './decide.ts';
import type { Decision, PolicyState, Send, SendTarget } from './decide.ts';
import { emptyPolicy } from './policy.ts';
import type { AccountPolicy, Policy } from './policy.ts';

const now = 1_800_000_000_000;
const friend = '+15551230001';
const stranger = '+15551230099';
const hash = 'a'.repeat(64);

const account: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: [
    { to: friend, until: null, note: '' },
    { to: '+15551230002', until: now + 1, note: '' },
    { to: '+15551230003', until: now, note: '' },
    { to: 'group:chat777', until: null, note: '' },
  ],
  denyTo: [{ to: '+15551230009', note: '' }],
};
const policy: Policy = { ...emptyPolicy, region: 'US', accounts: [account] };
const ready = (change: Partial<Policy> = {}): PolicyState => ({
  status: 'ready',
  policy: { ...policy, ...change },
});

const target = (to: string, change: Partial<SendTarget> = {}): SendTarget => ({
  to,
  aliases: [],
  people: [],
  opened: false,
  ...change,
});
const send = (to: string | readonly SendTarget[], change: Partial<Send> = {}): Send => ({
  channel: 'imessage',
  account: 'default',
  region: null,
  targets: typeof to === 'string' ? [target(to)] : to,
  textSha256: hash,
  media: false,
  ...change,
});
const allow = (because: Decision['because']): Decision => ({ verdict: 'allow', because });
const ask = (because: Decision['because']): Decision => ({ verdict: 'ask', because });
const deny = (because: Decision['because']): Decision => ({ verdict: 'deny', because });

describe('a send', () => {
  it.each<[string, PolicyState, Send, Decision]>([
    [
      'without any policy is allowed',
      { status: 'absent' },
      send(stranger),
      allow({ rule: 'not-configured' }),
    ],
    [
      'on another channel is allowed',
      ready(),
      send('@x', { channel: 'telegram' }),
      allow({ rule: 'not-configured' }),
    ],
    [
      'of another account is allowed',
      ready(),
      send(stranger, { account: 'work' }),
      allow({ rule: 'not-configured' }),
    ],
    [
      'of an unnamed account is judged all the same',
      ready(),
      send(stranger, { account: null }),
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'to a listed person is allowed',
      ready(),
      send(friend),
      allow({ rule: 'listed', to: friend, until: null }),
    ],
    [
      'inside a timed allowance is allowed',
      ready(),
      send('+15551230002'),
      allow({ rule: 'listed', to: '+15551230002', until: now + 1 }),
    ],
    [
      'at the end of a timed allowance is asked',
      ready(),
      send('+15551230003'),
      ask({ rule: 'unlisted', to: '+15551230003' }),
    ],
    ['to an unlisted person is asked', ready(), send(stranger), ask({ rule: 'unlisted', to: stranger })],
    [
      'to an unlisted person can be denied',
      ready({ accounts: [{ ...account, unlisted: 'deny' }] }),
      send(stranger),
      deny({ rule: 'unlisted', to: stranger }),
    ],
    [
      'to an unlisted person can be allowed',
      ready({ accounts: [{ ...account, unlisted: 'allow' }] }),
      send(stranger),
      allow({ rule: 'unlisted', to: stranger }),
    ],
    [
      'to a denied person is denied',
      ready(),
      send('+15551230009'),
      deny({ rule: 'denied', to: '+15551230009' }),
    ],
    [
      'to a number invented from another app is asked',
      ready(),
      send('175928847299117063'),
      ask({ rule: 'address', problem: 'foreign-id' }),
    ],
    ['to nobody is asked', ready(), send([]), ask({ rule: 'address', problem: 'empty' })],
    [
      'while paused is denied, listed or not',
      ready({ paused: true }),
      send(friend),
      deny({ rule: 'paused' }),
    ],
    [
      'while paused is denied on unrestricted channels',
      ready({ paused: true }),
      send('@x', { channel: 'telegram' }),
      deny({ rule: 'paused' }),
    ],
    [
      'to a blocked person is denied on an unrestricted account too',
      ready({ blocked: [{ channel: 'imessage', to: stranger, note: '' }] }),
      send(stranger, { account: 'work' }),
      deny({ rule: 'blocked', to: stranger }),
    ],
    [
      'to a listed group is allowed',
      ready(),
      send('iMessage;+;chat777'),
      allow({ rule: 'listed', to: 'group:chat777', until: null }),
    ],
    [
      'to a listed group with a denied member is denied',
      ready(),
      send([target('iMessage;+;chat777', { people: ['+15551230009'] })]),
      deny({ rule: 'denied', to: '+15551230009' }),
    ],
    [
      'to a group of listed people is allowed',
      ready(),
      send([target('group:chat8', { people: [friend, '+15551230002'] })]),
      allow({ rule: 'listed', to: friend, until: null }),
    ],
    [
      'to a group with one unlisted member is asked',
      ready(),
      send([target('group:chat8', { people: [friend, stranger] })]),
      ask({ rule: 'unlisted', to: 'group:chat8' }),
    ],
    [
      'to a group with an unknown member is asked',
      ready(),
      send([target('group:chat8', { people: [friend, '???'] })]),
      ask({ rule: 'unlisted', to: 'group:chat8' }),
    ],
    [
      'to a conversation that is a listed group is allowed',
      ready(),
      send([target('chat_id:7', { aliases: ['iMessage;+;chat777'], people: [friend, stranger] })]),
      allow({ rule: 'listed', to: 'group:chat777', until: null }),
    ],
    [
      'to several recipients needs all of them',
      ready(),
      send([target(friend), target(stranger)]),
      ask({ rule: 'unlisted', to: stranger }),
    ],
    [
      'to a conversation of a listed person is allowed',
      ready(),
      send([target('chat_id:11', { people: [friend] })]),
      allow({ rule: 'listed', to: friend, until: null }),
    ],
    [
      'to a conversation nobody knows is asked',
      ready(),
      send('chat_id:11'),
      ask({ rule: 'unlisted', to: 'chat_id:11' }),
    ],
    [
      'that answers whoever wrote first is allowed',
      ready(),
      send([target('chat_id:11', { people: [stranger], opened: true })]),
      allow({ rule: 'reply', to: stranger }),
    ],
    [
      'that answers a denied person is denied',
      ready(),
      send([target('chat_id:11', { people: ['+15551230009'], opened: true })]),
      deny({ rule: 'denied', to: '+15551230009' }),
    ],
  ])('%s', (_name, state, given, expected) => {
    expect(decide(state, given, now)).toEqual(expected);
  });
});

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

describe('properties', () => {
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
