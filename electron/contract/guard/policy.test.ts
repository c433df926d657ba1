import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyPolicy, formatPolicy, parsePolicy, parsePolicyText } from './policy.ts';
import type { Policy } from './policy.ts';

const written = {
  version: 1,
  revision: 7,
  region: 'AT',
  accounts: [
    {
      channel: 'imsg',
      account: 'default',
      unlisted: 'ask',
      allowTo: [
        { to: '0664 1234567', note: 'Mum' },
        { to: 'tel:+1 (555) 123-0001', until: 1_800_000_000_000 },
      ],
      denyTo: [{ to: 'EVE@example.com' }, { to: 'AMAZON' }, { to: '262966' }],
    },
  ],
  content: { kinds: { token: 'stop' }, own: [{ channel: 'imsg', to: '+1 555 123 0007' }] },
};

const read: Policy = {
  version: 1,
  revision: 7,
  region: 'AT',
  paused: false,
  accounts: [
    {
      channel: 'imessage',
      account: 'default',
      unlisted: 'ask',
      pairingReply: 'send',
      allowTo: [
        { to: '+436641234567', until: null, note: 'Mum' },
        { to: '+15551230001', until: 1_800_000_000_000, note: '' },
      ],
      denyTo: [
        { to: 'eve@example.com', note: '' },
        { to: 'sender:amazon', note: '' },
        { to: 'short:262966', note: '' },
      ],
    },
  ],
  oneTime: [],
  blocked: [],
  content: {
    kinds: { 'private-key': 'ask', token: 'stop', 'card-number': 'off', 'seed-phrase': 'off' },
    exempt: [],
    own: [{ channel: 'imessage', to: '+15551230007' }],
  },
};

describe('a policy file', () => {
  it('may be written by hand in any spelling and comes back canonical', () => {
    expect(parsePolicyText(JSON.stringify(written))).toEqual({ ok: true, value: read });
  });

  it('of an older Portcullis asks about what is certainly secret', () => {
    const { content, ...older } = emptyPolicy;
    expect(parsePolicy(older)).toEqual({ ok: true, value: { ...older, content } });
    expect(content.kinds).toEqual({
      'private-key': 'ask',
      token: 'ask',
      'card-number': 'off',
      'seed-phrase': 'off',
    });
  });

  it('says nothing new to an older guard while nothing unusual is wanted', () => {
    expect(formatPolicy(emptyPolicy)).not.toContain('content');
    expect(formatPolicy(read)).toContain('content');
  });

  it('survives writing and reading', () => {
    expect(parsePolicyText(formatPolicy(read))).toEqual({ ok: true, value: read });
    expect(parsePolicyText(formatPolicy(emptyPolicy))).toEqual({ ok: true, value: emptyPolicy });
  });

  it.each([
    ['not JSON', '{"version":1,', '', 'The policy file is not valid JSON.'],
    ['a later version', '{"version":2,"revision":0}', 'version', 'Invalid input: expected 1'],
    ['an unknown field', '{"version":1,"revision":0,"alowTo":[]}', '', 'Unrecognized key: "alowTo"'],
    [
      'a limit that is none',
      '{"version":1,"revision":0,"limit":{"inAll":0,"toOne":5}}',
      'limit.inAll',
      'Too small: expected number to be >=1',
    ],
    [
      'a recipient nobody can match',
      JSON.stringify({ ...written, blocked: [{ channel: 'imessage', to: '???' }] }),
      'blocked.0.to',
      'This recipient is not understood (name).',
    ],
    [
      'a name that is to be let through',
      JSON.stringify({ ...written, accounts: [{ ...written.accounts[0], allowTo: [{ to: 'AMAZON' }] }] }),
      'accounts.0.allowTo.0.to',
      'This recipient is not understood (name).',
    ],
    [
      'a key twice, of which a parser sees one',
      JSON.stringify(written).replace('"revision"', '"accounts":[],"revision"'),
      '',
      'A name is written twice in one object.',
    ],
    [
      'an own address nobody can match',
      JSON.stringify({ ...written, content: { own: [{ channel: 'imessage', to: 'Me' }] } }),
      'content.own.0.to',
      'This recipient is not understood (name).',
    ],
    [
      'the same account twice, in the spellings OpenClaw takes for one',
      JSON.stringify({
        ...written,
        accounts: [written.accounts[0], { ...written.accounts[0], channel: 'imsg', account: ' Default' }],
      }),
      'accounts.1',
      'This account is listed twice.',
    ],
    [
      'the same account twice',
      JSON.stringify({ ...written, accounts: [written.accounts[0], written.accounts[0]] }),
      'accounts.1',
      'This account is listed twice.',
    ],
  ])('is refused whole and says where: %s', (_what, text, path, message) => {
    expect(parsePolicyText(text)).toEqual({ ok: false, error: { path, message } });
  });

  it('is never half read: cut anywhere it is unreadable', () => {
    const text = formatPolicy(read);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), (length) => {
        expect(parsePolicyText(text.slice(0, length)).ok).toBe(false);
      }),
    );
  });
});
