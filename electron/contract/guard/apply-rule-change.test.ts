import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandSchemas } from '../schemas.ts';
import { applyRuleChange, type AppliedRuleChange } from './apply-rule-change.ts';
import { account, friend, policy, stranger } from './decide.fixture.ts';
import { emptyPolicy, parsePolicy } from './policy.ts';
import type { AllowRule, Policy } from './policy.ts';
import type { RuleChange } from './rule-change.ts';
import { secretKinds, secretModes } from './content/secret-kinds.ts';

const here = { channel: 'imessage', account: 'default' };
const elsewhere = { channel: 'imessage', account: 'work' };
const always = (to: string, note = ''): AllowRule => ({ to, until: null, note });
const blocked = { channel: 'imessage', to: stranger, note: 'spam' };

function applied(change: RuleChange, before: Policy): AppliedRuleChange {
  const result = applyRuleChange(before, change);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('a change of the rules', () => {
  it.each<[string, RuleChange, Partial<Policy>]>([
    [
      'adds a rule at the end, in whatever spelling it came',
      { type: 'allow', ...here, rules: [always('tel:(555) 123-0099', 'Eva')] },
      { accounts: [{ ...account, allowTo: [...account.allowTo, always(stranger, 'Eva')] }] },
    ],
    [
      'replaces the rule for the same address in its place',
      {
        type: 'allow',
        channel: ' iMessage ',
        account: 'default',
        rules: [{ to: friend, until: 7, note: 'x' }],
      },
      {
        accounts: [
          { ...account, allowTo: [{ to: friend, until: 7, note: 'x' }, ...account.allowTo.slice(1)] },
        ],
      },
    ],
    [
      'takes the last of two rules for one address',
      {
        type: 'deny',
        ...here,
        rules: [
          { to: stranger, note: '1' },
          { to: '1 555 123 0099', note: '2' },
        ],
      },
      { accounts: [{ ...account, denyTo: [...account.denyTo, { to: stranger, note: '2' }] }] },
    ],
    [
      'leaves a denial alone when the same address is allowed: denying wins',
      { type: 'allow', ...here, rules: [always('+15551230009')] },
      { accounts: [{ ...account, allowTo: [...account.allowTo, always('+15551230009')] }] },
    ],
    [
      'removes rules by any spelling',
      { type: 'remove', ...here, list: 'allowTo', to: ['+1 555 123 0001', 'group:chat777', stranger] },
      { accounts: [{ ...account, allowTo: account.allowTo.slice(1, 3) }] },
    ],
    [
      'removes nothing where nothing is listed',
      { type: 'remove', ...elsewhere, list: 'denyTo', to: [friend] },
      {},
    ],
    [
      'does not start to restrict an account because one recipient is named',
      { type: 'deny', ...elsewhere, rules: [{ to: stranger, note: '' }] },
      {
        accounts: [
          account,
          {
            ...elsewhere,
            unlisted: 'allow',
            pairingReply: 'send',
            allowTo: [],
            denyTo: [{ to: stranger, note: '' }],
          },
        ],
      },
    ],
    [
      'decides about everybody else',
      { type: 'unlisted', ...here, unlisted: 'deny' },
      { accounts: [{ ...account, unlisted: 'deny' }] },
    ],
    ['forgets an account', { type: 'unlisted', ...here, unlisted: null }, { accounts: [] }],
    [
      'swallows the pairing reply',
      { type: 'pairing-reply', ...here, pairingReply: 'silent' },
      { accounts: [{ ...account, pairingReply: 'silent' }] },
    ],
    ['blocks', { type: 'block', people: [{ ...blocked, to: '15551230099' }] }, { blocked: [blocked] }],
    ['reads numbers as of another country', { type: 'region', region: 'AT' }, { region: 'AT' }],
    [
      'asks about other contents',
      {
        type: 'content',
        content: {
          ...policy.content,
          kinds: { ...policy.content.kinds, token: 'stop' },
          own: [{ channel: 'iMessage', to: '(555) 123-0001' }],
        },
      },
      {
        content: {
          ...policy.content,
          kinds: { ...policy.content.kinds, token: 'stop' },
          own: [{ channel: 'imessage', to: friend }],
        },
      },
    ],
    ['pauses everything', { type: 'pause', paused: true }, { paused: true }],
    ['limits a minute', { type: 'limit', limit: { inAll: 5, toOne: 2 } }, { limit: { inAll: 5, toOne: 2 } }],
  ])('%s', (_what, change, difference) => {
    expect(applied(change, policy).policy).toEqual({ ...policy, ...difference });
  });

  it('unblocks one person on one channel', () => {
    const other = { ...blocked, channel: 'whatsapp' };
    const before = { ...policy, blocked: [blocked, other] };
    expect(
      applied({ type: 'unblock', people: [{ channel: 'IMESSAGE', to: stranger }] }, before).policy.blocked,
    ).toEqual([other]);
  });

  it.each<[string, RuleChange, string]>([
    ['a name', { type: 'allow', ...here, rules: [always(friend), always('Eve')] }, 'rules.1.to'],
    [
      'another app’s id',
      { type: 'block', people: [{ ...blocked, to: '175928847299117063' }] },
      'people.0.to',
    ],
    ['nothing', { type: 'remove', ...here, list: 'denyTo', to: [' '] }, 'to.0.to'],
    [
      'a channel with blanks',
      { type: 'unlisted', channel: 'i message', account: 'a', unlisted: 'ask' },
      'accounts.1.channel',
    ],
  ])('that names %s is refused and says where', (_what, change, path) => {
    expect(applyRuleChange(policy, change)).toMatchObject({ ok: false, error: { path } });
  });
});

// ------------------------------------------------------------------ undo

const addresses = fc.constantFrom(
  friend,
  stranger,
  '+15551230002',
  '(555) 123-0003',
  'eve@example.com',
  'chat_id:7',
);
const note = fc.string({ maxLength: 5 });
const allowRule = fc.record({ to: addresses, until: fc.option(fc.nat()), note });
const denyRule = fc.record({ to: addresses, note });
const where = fc.record({
  channel: fc.constantFrom('imessage', 'iMessage', 'whatsapp'),
  account: fc.constantFrom('default', 'work'),
});
const unlisted = fc.constantFrom('allow' as const, 'ask' as const, 'deny' as const);
const pairingReply = fc.constantFrom('send' as const, 'silent' as const);
const channels = fc.constantFrom('imessage', 'whatsapp');
const mode = fc.constantFrom(...secretModes);
const person = fc.record({ channel: channels, to: addresses, note });
const few = { maxLength: 4 };
const most = fc.integer({ min: 1, max: 1000 });
const sendLimits = fc.record({ inAll: most, toOne: most });

/** Two rules for one address stand in hand-written files. */
const policies = fc
  .record({
    region: fc.constantFrom('US', null),
    paused: fc.boolean(),
    limit: fc.option(sendLimits, { nil: undefined }),
    blocked: fc.array(person, few),
    accounts: fc.uniqueArray(
      fc
        .record({
          where,
          unlisted,
          pairingReply,
          allowTo: fc.array(allowRule, few),
          denyTo: fc.array(denyRule, few),
        })
        .map(({ where: at, ...rules }) => ({ ...at, ...rules })),
      { ...few, selector: (entry) => `${entry.channel.toLowerCase()} ${entry.account}` },
    ),
  })
  .map((parts) => parsePolicy({ ...emptyPolicy, ...parts }))
  .filter((parsed) => parsed.ok)
  .map((parsed) => parsed.value);

const changes: fc.Arbitrary<RuleChange> = fc.oneof(
  fc.tuple(where, fc.array(allowRule, few)).map(([at, rules]) => ({ type: 'allow' as const, ...at, rules })),
  fc.tuple(where, fc.array(denyRule, few)).map(([at, rules]) => ({ type: 'deny' as const, ...at, rules })),
  fc
    .tuple(where, fc.constantFrom('allowTo' as const, 'denyTo' as const), fc.array(addresses, few))
    .map(([at, list, to]) => ({ type: 'remove' as const, ...at, list, to })),
  fc
    .tuple(where, fc.option(unlisted))
    .map(([at, rest]) => ({ type: 'unlisted' as const, ...at, unlisted: rest })),
  fc
    .tuple(where, pairingReply)
    .map(([at, reply]) => ({ type: 'pairing-reply' as const, ...at, pairingReply: reply })),
  fc.array(person, few).map((people) => ({ type: 'block' as const, people })),
  fc.array(person, few).map((people) => ({
    type: 'unblock' as const,
    people: people.map(({ channel, to }) => ({ channel, to })),
  })),
  fc.constantFrom('US', 'AT', null).map((region) => ({ type: 'region' as const, region })),
  fc.boolean().map((paused) => ({ type: 'pause' as const, paused })),
  fc.option(sendLimits).map((limit) => ({ type: 'limit' as const, limit })),
  fc
    .record({
      kinds: fc.record({ 'private-key': mode, token: mode, 'card-number': mode, 'seed-phrase': mode }),
      own: fc.array(fc.record({ channel: channels, to: addresses }), few),
      exempt: fc.array(
        fc.record({ channel: channels, to: addresses, kind: fc.constantFrom(...secretKinds) }),
        few,
      ),
    })
    .map((content) => ({ type: 'content' as const, content })),
);

/** E.g. a national number without a country is refused, and there is nothing to undo. */
const accepted = fc.tuple(policies, changes).filter(([before, change]) => applyRuleChange(before, change).ok);

// Hundreds of generated changes take their time on a busy machine.
it('is taken back exactly by its undo, and brought again by the undo of that', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(accepted, ([before, change]) => {
      const done = applied(change, before);
      const undone = applied(done.undo, done.policy);
      expect(undone.policy).toEqual(before);
      expect(applied(undone.undo, before).policy).toEqual(done.policy);
    }),
    { numRuns: 200 },
  );
});

it('finds an account in every spelling OpenClaw takes, and puts it back as it was written', () => {
  const before: Policy = { ...policy, accounts: [{ ...account, account: 'Default' }] };
  const { policy: after, undo } = applied(
    { type: 'unlisted', ...here, channel: 'imsg', unlisted: 'deny' },
    before,
  );
  expect(after.accounts).toEqual([{ ...account, account: 'Default', unlisted: 'deny' }]);
  expect(applied(undo, after).policy).toEqual(before);
});

it('and its undo pass the border between window and app unchanged', () => {
  fc.assert(
    fc.property(accepted, ([before, change]) => {
      for (const sent of [change, applied(change, before).undo])
        expect(commandSchemas['guard.changeRules'].parse({ revision: 1, change: sent })).toEqual({
          revision: 1,
          change: sent,
        });
    }),
  );
});
