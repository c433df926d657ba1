/** What operators are told about the rules: that they changed, and whether they are still the same. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { answerSend } from './answer.ts';
import { createStoppedSends } from './stopped-sends.fixture.ts';

let root: string;
let files: GuardFiles;
let gateway: GatewayDouble;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-rules-'));
  files = guardFiles(root);
  gateway = new GatewayDouble(root, 1_000);
  gateway.load();
});
afterEach(() => {
  gateway.service?.stop();
  rmSync(root, { recursive: true, force: true });
});

const store = (revision: number): Promise<unknown> =>
  gateway.call('rules.set', { revision, policy: { ...emptyPolicy, region: 'US' } });
const status = async (): Promise<{ readonly revision: number | null; readonly digest: string | null }> =>
  (await gateway.call('status')) as { revision: number | null; digest: string | null };

it('a stored change is announced without what it says, a refused one is not', async () => {
  await store(0);
  expect(await store(0)).toMatchObject({ error: { details: { reason: 'conflict' } } });
  expect(gateway.events).toEqual([{ name: 'rules-changed', payload: { revision: 1 } }]);
});

it('going back to the last good rules is announced, but not where there was nothing to go back from', async () => {
  await store(0);
  await gateway.call('rules.restore');
  expect(gateway.events).toHaveLength(1);
  writeFileSync(files.policy, '{');
  await gateway.call('rules.restore');
  expect(gateway.events.at(-1)).toEqual({ name: 'rules-changed', payload: { revision: 2 } });
});

it('the digest of status and rules is the same, and another one after every change', async () => {
  const seen = [await status()];
  await store(0);
  seen.push(await status());
  // By hand, and nobody thought of the revision.
  writeFileSync(files.policy, readFileSync(files.policy, 'utf8').replace('"US"', '"AT"'));
  seen.push(await status());
  expect(seen.map(({ revision }) => revision)).toEqual([null, 1, 1]);
  expect(new Set(seen.map(({ digest }) => digest)).size).toBe(3);
  expect(await gateway.call('rules.get')).toMatchObject({ digest: seen.at(-1)?.digest });
  expect(await status()).toEqual(seen.at(-1));
  writeFileSync(files.policy, '{');
  expect(await status()).toMatchObject({ policy: 'unreadable', revision: null, digest: null });
});

it.each([
  ['allow-always', 1],
  ['deny', 0],
] as const)('the answer %s to a stopped message announces %d changes', async (decision, count) => {
  const bench = createStoppedSends();
  bench.setPolicy({});
  const id = bench.refused();
  expect(answerSend(bench.parts, id, decision, null)).toMatchObject({ value: { applied: true } });
  expect(bench.events.filter(({ name }) => name === 'rules-changed')).toHaveLength(count);
  await bench.remove();
});

describe('the status of the rules', () => {
  const account = (name: string, channel = 'imessage'): object => ({
    channel,
    account: name,
    unlisted: 'ask',
  });
  const stored = async (...accounts: readonly object[]): Promise<unknown> => {
    const before = (await status()).revision ?? 0;
    await gateway.call('rules.set', { revision: before, policy: { ...emptyPolicy, accounts } });
    return gateway.call('status');
  };

  it('says when they are for an account or a channel that is not there', async () => {
    gateway.config = { channels: { imessage: { accounts: { home: {} } } } };
    expect(await gateway.call('status')).toMatchObject({ protocol: 2, rules: { state: 'ready' } });
    expect(await stored(account('Home'))).toMatchObject({ rules: { state: 'ready' } });
    expect(await stored(account('hmoe'))).toMatchObject({ rules: { state: 'misspelt' } });
    expect(await stored(account('home', 'imesage'))).toMatchObject({ rules: { state: 'misspelt' } });
  });

  it('says what somebody else changed, and whether they are damaged or gone', async () => {
    await stored(account('default'));
    const text = readFileSync(files.policy, 'utf8');
    writeFileSync(files.policy, text.replace('"ask"', '"allow"'));
    expect(await gateway.call('status')).toMatchObject({
      rules: {
        state: 'ready',
        changedBy: {
          added: 1,
          removed: 1,
          entries: [
            {
              change: 'added',
              list: 'setting',
              channel: 'imessage',
              account: 'default',
              to: 'unlisted: allow',
            },
            { change: 'removed', list: 'setting', to: 'unlisted: ask' },
          ],
        },
      },
    });
    writeFileSync(files.policy, '{');
    expect(await gateway.call('status')).toMatchObject({ rules: { state: 'unreadable' } });
    for (const path of [files.policy, files.lastGood]) rmSync(path);
    expect(await gateway.call('status')).toMatchObject({ policy: 'unreadable', rules: { state: 'missing' } });
    expect(await gateway.call('rules.restore')).toMatchObject({
      policy: { accounts: [{ unlisted: 'ask' }] },
    });
  });
});
