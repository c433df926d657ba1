import { afterEach, beforeEach, expect, it } from 'vitest';
import { githubToken } from '../../electron/contract/guard/content/secret-samples.fixture.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { readSpool } from '../store/spool.ts';
import { issueTicket } from '../store/tickets.ts';
import { createJudgeBench, friend, now, person, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';

const secret = `The key is ${githubToken}`;
let bench: JudgeBench;
beforeEach(() => {
  bench = createJudgeBench();
  bench.setPolicy();
});
afterEach(() => {
  bench.remove();
});

const toFriend = (text: string): ReturnType<typeof textTo> => textTo([person(friend)], text);

it('a secret is stopped on its way to imsg though its recipient is allowed', async () => {
  expect(await bench.outcome(toFriend('hello'))).toBe('pass');
  expect(await bench.judge.judge(toFriend(secret))).toMatchObject({
    outcome: 'refuse',
    message: expect.stringContaining('It carries something secret') as string,
  });
  expect(readSpool(bench.files).sends).toMatchObject([{ rule: 'secret', secrets: ['token'] }]);
});

it('so is a file whose name says what it is', async () => {
  expect(await bench.outcome({ ...toFriend('hi'), files: ['/nowhere/id_rsa'] })).toBe('refuse');
  expect(readSpool(bench.files).sends).toMatchObject([{ rule: 'secret', secrets: ['private-key'] }]);
});

it('it passes by the plugin’s word, and where the rules say so', async () => {
  const ticket = {
    channel: 'imessage',
    account: 'default',
    keys: [friend],
    texts: [secret],
    actions: null,
    files: [],
    expiresAt: now + 1000,
  };
  issueTicket(bench.files, ticket, now);
  expect([await bench.outcome(toFriend(secret)), await bench.outcome(toFriend(secret))]).toEqual([
    'pass',
    'refuse',
  ]);
  const own = [{ channel: 'imessage', to: friend }];
  bench.setPolicy({ content: { ...emptyPolicy.content, own } });
  expect(await bench.outcome(toFriend(secret))).toBe('pass');
});
