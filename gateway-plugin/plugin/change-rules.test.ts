/** What operators are told about the rules: that they changed, and whether they are still the same. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
