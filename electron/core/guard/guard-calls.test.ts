import { beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../contract/guard/policy.ts';
import { ok } from '../../contract/result.ts';
import { GuardCalls, isUnknownMethod } from './guard-calls.ts';

let answers: unknown;
let calls: GuardCalls;

beforeEach(() => {
  calls = new GuardCalls(() => Promise.resolve(ok(answers)));
});

const rules = (policy: unknown) => ({ status: 'ready', policy, problem: null });

describe('rules', () => {
  it('come back canonical, however they were written by hand', async () => {
    const account = { channel: 'imessage', account: 'default', unlisted: 'ask' };
    answers = rules({
      version: 1,
      revision: 3,
      accounts: [{ ...account, denyTo: [{ to: 'EVE@example.com' }] }],
    });
    const read = await calls.rules();
    expect(read.ok && read.value.policy.accounts[0]?.denyTo).toEqual([{ to: 'eve@example.com', note: '' }]);
  });

  it('that did not change are not understood anew', async () => {
    answers = rules({ ...emptyPolicy, revision: 3 });
    const first = await calls.rules();
    answers = rules({ ...emptyPolicy, revision: 3 });
    const again = await calls.rules();
    expect(first.ok && again.ok && first.value === again.value).toBe(true);
    answers = rules({ ...emptyPolicy, revision: 4 });
    expect(await calls.rules()).toMatchObject({ value: { policy: { revision: 4 } } });
  });

  it('that are gone stand for none, and are not taken for known ones', async () => {
    answers = { status: 'unreadable', policy: null, problem: 'Gone.' };
    expect(await calls.rules()).toEqual(ok({ status: 'unreadable', policy: emptyPolicy, known: false }));
  });

  it.each([
    ['nothing', null],
    ['a later version', rules({ ...emptyPolicy, version: 2 })],
    ['an address nobody can match', rules({ ...emptyPolicy, blocked: [{ channel: 'imessage', to: '???' }] })],
    ['an unknown state', { status: 'fine', policy: emptyPolicy }],
  ])('that hold %s are a bad answer', async (_what, value) => {
    answers = value;
    expect(await calls.rules()).toMatchObject({ ok: false, error: { code: 'BAD_ANSWER' } });
  });
});

it('reads the status of a plugin that does not count self-tests yet', async () => {
  answers = {
    version: '0.1.0',
    holdMs: 1,
    policy: 'absent',
    problem: null,
    overflow: 0,
    unreadable: 0,
    more: 1,
  };
  expect(await calls.status()).toMatchObject({ ok: true, value: { version: '0.1.0', selfTests: null } });
});

it.each([
  ['INVALID_REQUEST', true],
  ['FORBIDDEN', true],
  ['UNAVAILABLE', false],
  ['TIMEOUT', false],
  ['CONNECTION_LOST', false],
  ['BAD_ANSWER', false],
])('%s says that the method is unknown: %s', (code, unknown) => {
  const failure = { code, detail: null, message: '', retryable: false, retryAfterMs: null, closeCode: null };
  expect(isUnknownMethod(failure)).toBe(unknown);
});
