import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../electron/contract/guard/decide.ts';
import { claimOnce } from '../store/claims.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { createOnce } from '../store/private-file.ts';
import { findSpooled, readSpool } from '../store/spool.ts';
import { answerSend, oneTimeLifeMs } from './answer.ts';
import { asSend } from './answer-rules.ts';
import type { OwnerDecision } from './answer-rules.ts';
import { createStoppedSends, guarded, now, other, stoppedSend, stranger } from './stopped-sends.fixture.ts';
import type { StoppedSends } from './stopped-sends.fixture.ts';

const note = 'Answered in Portcullis';
const hour = 60 * 60_000;

let bench: StoppedSends;
beforeEach(() => {
  bench = createStoppedSends();
  bench.setPolicy({});
});
afterEach(async () => bench.remove());

const answer = (id: string, decision: OwnerDecision | 'take-back'): ReturnType<typeof answerSend> =>
  answerSend(bench.parts, id, decision, null);
const applied = (id: string, state: string): object => ({ ok: true, value: { id, applied: true, state } });
const late = (id: string, state: string): object => ({
  ok: true,
  value: { id, applied: false, state, send: null },
});

describe('an answer with a rule', () => {
  it.each<[OwnerDecision, object]>([
    ['allow-hour', { allowTo: [{ to: stranger, until: now + hour, note }], denyTo: [] }],
    ['allow-always', { allowTo: [{ to: stranger, until: null, note }], denyTo: [] }],
    ['never', { allowTo: [], denyTo: [{ to: stranger, note }] }],
  ])('%s writes the rule and ends the wait', async (decision, rules) => {
    const { id, end } = bench.held();
    const state = decision === 'never' ? 'denied' : 'allowed';
    expect(answer(id, decision)).toMatchObject(applied(id, state));
    expect(await end).toEqual({ how: decision === 'never' ? 'deny' : 'allow', id });
    expect(bench.policy().accounts).toEqual([{ ...guarded, ...rules }]);
    expect(readSpool(bench.parts.files).sends).toEqual([]);
    expect(bench.events.at(-1)).toEqual({ name: 'settled', payload: { id, state } });
  });

  it.each(['allow-hour', 'allow-always'] as const)(
    '%s to a refused send says how to send it now, once',
    (decision) => {
      const id = bench.refused({ text: 'later' });
      const outcome = answer(id, decision);
      const [allowance] = bench.policy().oneTime;
      expect(outcome).toEqual({
        ok: true,
        value: {
          id,
          applied: true,
          state: 'allowed',
          send: {
            channel: 'imessage',
            accountId: 'default',
            to: stranger,
            message: 'later',
            idempotencyKey: `portcullis-${allowance?.id ?? ''}`,
          },
        },
      });
      expect(bench.policy().accounts[0]?.allowTo).toMatchObject([{ to: stranger }]);
      expect(findSpooled(bench.parts.files, id)).toMatchObject({
        state: 'allowed',
        until: now + oneTimeLifeMs,
      });
    },
  );

  it('never to a refused send drops it', () => {
    const id = bench.refused();
    expect(answer(id, 'never')).toMatchObject(applied(id, 'denied'));
    expect(readSpool(bench.parts.files).sends).toEqual([]);
    expect(bench.policy().accounts[0]?.denyTo).toEqual([{ to: stranger, note }]);
  });

  it('is for everyone the message goes to, and for the one person behind a conversation', () => {
    const id = bench.refused({
      targets: [
        { to: 'chat_id:7', key: 'chat_id:7', people: [other] },
        { to: stranger, key: stranger, people: [] },
        { to: 'group:chat9', key: 'group:chat9', people: [other] },
        { to: 'chat_id:8', key: 'chat_id:8', people: [other, stranger] },
      ],
    });
    expect(answer(id, 'never')).toMatchObject(applied(id, 'denied'));
    expect(bench.policy().accounts[0]?.denyTo.map(({ to }) => to)).toEqual([
      other,
      stranger,
      'group:chat9',
      'chat_id:8',
    ]);
  });

  it('is for the account of the send, and without one for every guarded account of the channel', () => {
    const accounts = [
      guarded,
      { ...guarded, account: 'work' },
      { ...guarded, account: 'open', unlisted: 'allow' as const },
      { ...guarded, channel: 'signal' },
    ];
    bench.setPolicy({ accounts });
    const written = (): string[] =>
      bench
        .policy()
        .accounts.filter(({ allowTo }) => allowTo.length > 0)
        .map(({ channel, account }) => `${channel} ${account}`);
    answer(bench.refused({ account: 'work' }), 'allow-always');
    expect(written()).toEqual(['imessage work']);
    answer(bench.refused({ account: null, text: 'x' }), 'allow-always');
    expect(written()).toEqual(['imessage default', 'imessage work']);
  });

  it('does not start to restrict an account nobody guards', () => {
    answer(bench.refused({ account: 'second' }), 'never');
    expect(bench.policy().accounts).toEqual([
      guarded,
      { ...guarded, account: 'second', unlisted: 'allow', denyTo: [{ to: stranger, note }] },
    ]);
  });

  it('never shortens what is allowed longer, and keeps the owner’s note', () => {
    const mine = { to: stranger, until: now + 2 * hour, note: 'plumber' };
    bench.setPolicy({ accounts: [{ ...guarded, allowTo: [mine] }] });
    answer(bench.refused(), 'allow-hour');
    expect(bench.policy().accounts[0]?.allowTo).toEqual([mine]);
    answer(bench.refused({ text: 'x' }), 'allow-always');
    expect(bench.policy().accounts[0]?.allowTo).toEqual([{ ...mine, until: null }]);
  });

  it('is written before the message is let go: a crash between leaves a refused send and the rule', () => {
    const { id } = bench.held();
    const end = bench.parts.state.holds.get(id);
    bench.parts.state.holds.set(id, () => {
      throw new Error('crashed');
    });
    expect(() => answer(id, 'allow-always')).toThrow('crashed');
    bench.parts.state.holds.clear();
    const restarted = bench.forgetRun();
    expect(answerSend(restarted, id, 'allow-always', null)).toMatchObject(applied(id, 'allowed'));
    expect(bench.policy().accounts[0]?.allowTo).toEqual([{ to: stranger, until: null, note }]);
    expect(bench.policy().oneTime).toHaveLength(1);
    end?.('stopping');
  });
});

describe('of two answers', () => {
  const decisions = ['send-once', 'allow-hour', 'allow-always', 'deny', 'never'] as const;
  const pairs = decisions.flatMap((first) => decisions.map((second) => [first, second] as const));
  const lasting = (decision: OwnerDecision): string =>
    decision === 'deny' || decision === 'never' ? 'denied' : 'allowed';

  it.each(pairs)('to a held send only the first counts: %s, then %s', async (first, second) => {
    const { id, end } = bench.held();
    const before = answer(id, first);
    const policy = bench.policy();
    expect(answer(id, second)).toEqual(late(id, lasting(first)));
    expect(before).toMatchObject(applied(id, lasting(first)));
    expect((await end).how).toBe(lasting(first) === 'denied' ? 'deny' : 'allow');
    expect(bench.policy()).toEqual(policy);
  });

  it.each(pairs)('to a refused send only the first counts: %s, then %s', (first, second) => {
    const id = bench.refused();
    expect(answer(id, first)).toMatchObject(applied(id, lasting(first)));
    const policy = bench.policy();
    expect(answer(id, second)).toEqual(late(id, lasting(first)));
    expect(bench.policy()).toEqual(policy);
  });

  it('nothing is left of those that were carried out long ago', () => {
    const { claims } = bench.parts.files;
    const [first, second] = [bench.refused({ text: 'first' }), bench.refused({ text: 'second' })];
    for (const id of [first, second]) {
      answer(id, 'send-once');
      const used = bench.policy().oneTime.find((entry) => entry.id.startsWith(id))?.id ?? '';
      claimOnce(bench.parts.files, used);
    }
    expect(readdirSync(claims)).toHaveLength(2);
    bench.setPolicy({ oneTime: [] });
    answer(bench.refused({ text: 'third' }), 'send-once');
    expect(readdirSync(claims)).toEqual([]);
  });

  it('the later one learns that it was sent, after a restart too', () => {
    const id = bench.refused();
    answer(id, 'send-once');
    expect(claimOnce(bench.parts.files, bench.policy().oneTime[0]?.id ?? '')).toBe(true);
    const restarted = bench.forgetRun();
    expect(answerSend(restarted, id, 'take-back', null)).toEqual(late(id, 'sent'));
    expect(answerSend(restarted, id, 'send-once', null)).toEqual(late(id, 'sent'));
    expect(answerSend(bench.forgetRun(), id, 'send-once', null)).toEqual(late(id, 'sent'));
  });
});

describe('taking an answer back', () => {
  it('makes the send refused again and its allowance void for everybody', () => {
    const id = bench.refused();
    answer(id, 'send-once');
    const first = bench.policy().oneTime[0]?.id ?? '';
    expect(answer(id, 'take-back')).toMatchObject(applied(id, 'refused'));
    expect(bench.events.at(-1)).toMatchObject({
      name: 'blocked',
      payload: { id, state: 'refused', entry: { id, state: 'refused' } },
    });
    expect(bench.policy().oneTime).toEqual([]);
    expect(claimOnce(bench.parts.files, first)).toBe(false);

    expect(answer(id, 'send-once')).toMatchObject(applied(id, 'allowed'));
    const [second] = bench.policy().oneTime;
    expect(second?.id).not.toBe(first);
    expect(claimOnce(bench.parts.files, second?.id ?? '')).toBe(true);
  });

  it('keeps the rule of an "always": only the message comes back', () => {
    const id = bench.refused();
    answer(id, 'allow-always');
    answer(id, 'take-back');
    expect(bench.policy().accounts[0]?.allowTo).toMatchObject([{ to: stranger, until: null }]);
    expect(findSpooled(bench.parts.files, id)?.state).toBe('refused');
  });

  it('changes nothing that was never let out', () => {
    const id = bench.refused();
    expect(answer(id, 'take-back')).toEqual(late(id, 'refused'));
    const { id: waiting } = bench.held({ text: 'waiting' });
    expect(answer(waiting, 'take-back')).toEqual(late(waiting, 'held'));
  });
});

describe('no answer lets a message out', () => {
  const lettingOut = ['send-once', 'allow-hour', 'allow-always'] as const;
  const situations = ['held', 'refused'] as const;
  const cases = lettingOut.flatMap((decision) =>
    situations.map((situation) => [decision, situation] as const),
  );
  const stop = (situation: 'held' | 'refused'): string =>
    situation === 'held' ? bench.held().id : bench.refused();

  it.each(cases)('while all sends are paused: %s to a %s one', (decision, situation) => {
    const id = stop(situation);
    bench.setPolicy({ paused: true });
    const policy = bench.policy();
    expect(answer(id, decision)).toEqual({ ok: false, error: 'paused' });
    expect([bench.policy(), findSpooled(bench.parts.files, id)?.state]).toEqual([policy, situation]);
    bench.setPolicy({ paused: false });
    expect(answer(id, decision)).toMatchObject(applied(id, 'allowed'));
  });

  it.each(cases)('to somebody a rule denies: %s to a %s one', (decision, situation) => {
    const id = stop(situation);
    bench.setPolicy({ blocked: [{ channel: 'imessage', to: stranger, note: '' }] });
    expect(answer(id, decision)).toEqual({ ok: false, error: 'denied' });
    expect(findSpooled(bench.parts.files, id)?.state).toBe(situation);
  });

  it('with rules that cannot be read, be changed or name anybody', () => {
    const nobody = bench.refused({ targets: [{ to: '175928847299117063', key: null, people: [] }] });
    expect(answer(nobody, 'allow-always')).toEqual({ ok: false, error: 'not-understood' });
    expect(answer(nobody, 'never')).toEqual({ ok: false, error: 'not-understood' });
    const several = bench.refused({ targets: [...stoppedSend().targets, ...stoppedSend().targets] });
    expect(answer(several, 'send-once')).toEqual({ ok: false, error: 'not-repeatable' });
    const id = bench.refused({ text: 'x' });
    createOnce(bench.parts.files.policyLock, `${String(process.ppid)}\n`);
    expect(answer(id, 'send-once')).toEqual({ ok: false, error: 'busy' });
    writeFileSync(bench.parts.files.policy, '{');
    expect(answer(id, 'allow-hour')).toEqual({ ok: false, error: 'policy-unreadable' });
    expect(answer(id, 'never')).toEqual({ ok: false, error: 'policy-unreadable' });
    expect(answer('00000000', 'send-once')).toEqual({ ok: false, error: 'unknown' });
    expect(answer(id, 'deny')).toMatchObject(applied(id, 'denied'));
  });
});

it('after "always" the policy lets the very same message out', () => {
  const send = stoppedSend({ targets: [{ to: 'chat_id:7', key: 'chat_id:7', people: [other] }] });
  const id = bench.refused(send);
  answer(id, 'allow-always');
  const verdict = decide(
    readPolicyState(bench.parts.files),
    { ...asSend(send), textSha256: 'a'.repeat(64) },
    now,
  );
  expect(verdict).toEqual({ verdict: 'allow', because: { rule: 'listed', to: other, until: null } });
});
