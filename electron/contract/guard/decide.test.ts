import { describe, expect, it } from 'vitest';
import { account, allow, ask, deny, friend, now, ready, send, stranger, target } from './decide.fixture.ts';
import { decide, strictest } from './decide.ts';
import type { Decision } from './decide.ts';
import { selfTestAddress } from './self-test.ts';
import type { PolicyState, Send } from './send.ts';

describe('a send', () => {
  it.each<[string, PolicyState, Send, Decision]>([
    [
      'without any policy is allowed',
      { status: 'absent', installed: false },
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

describe('the self-test', () => {
  const listed = ready({
    accounts: [{ ...account, allowTo: [{ to: selfTestAddress, until: null, note: '' }] }],
  });
  const states: readonly (readonly [string, PolicyState])[] = [
    ['without any policy', { status: 'absent', installed: false }],
    ['with an unreadable one', { status: 'unreadable', problem: '', lastGood: null }],
    ['while paused', ready({ paused: true })],
    ['though listed', listed],
  ];
  const channels = ['imessage', 'signal', 'telegram', 'discord', 'a-channel-of-tomorrow'];
  const spellings = [selfTestAddress, ' Self-Test@Portcullis.Invalid '];
  it.each(
    states.flatMap(([name, state]) =>
      channels.map((channel) => [`${name} on ${channel}`, state, channel] as const),
    ),
  )('is always stopped: %s', (_name, state, channel) => {
    for (const to of [...spellings, `${channel}:${selfTestAddress}`]) {
      expect(decide(state, send(to, { channel }), now)).toEqual(deny({ rule: 'self-test' }));
    }
    const among = send([target(friend), target('chat_id:4', { aliases: [selfTestAddress] })], { channel });
    expect(decide(state, among, now)).toEqual(deny({ rule: 'self-test' }));
  });
});

it('of several that allow, the one counts that has to be used up or told', () => {
  const once = allow({ rule: 'one-time', id: 'x' });
  const reply = allow({ rule: 'reply', to: stranger });
  const listed = allow({ rule: 'listed', to: friend, until: null });
  const unguarded = allow({ rule: 'not-configured' });
  expect(strictest([unguarded, listed, reply, once])).toBe(once);
  expect(strictest([once, unguarded])).toBe(once);
  expect(strictest([listed, reply])).toBe(reply);
  expect(strictest([unguarded, listed])).toBe(listed);
  expect(strictest([once, ask({ rule: 'channel' })])).toEqual(ask({ rule: 'channel' }));
});
