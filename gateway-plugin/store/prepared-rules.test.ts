import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decide } from '../../electron/contract/guard/decide.ts';
import { emptyPolicy, formatPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState, Send } from '../../electron/contract/guard/send.ts';
import { guardFiles } from './guard-files.ts';
import type { GuardFiles } from './guard-files.ts';
import { readPolicyState } from './policy-file.ts';
import { readRules } from './prepared-rules.ts';

const now = 1_800_000_000_000;
const number = (index: number): string => `+1555${String(1_000_000 + index)}`;

let root: string;
let files: GuardFiles;
let copies = 0;

function write(policy: Policy): void {
  mkdirSync(files.root, { recursive: true });
  writeFileSync(files.policy, formatPolicy(policy));
}

/** What another process finds: the rules and what is kept beside them, nothing remembered. */
function elsewhere(): GuardFiles {
  const other = guardFiles(join(root, String((copies += 1))));
  mkdirSync(other.root, { recursive: true });
  for (const name of ['policy', 'preparedRules'] as const)
    if (existsSync(files[name])) copyFileSync(files[name], other[name]);
  return other;
}

function isLookedUp(state: PolicyState): boolean {
  return state.status === 'ready' && state.policy.accounts.every(({ allowTo }) => allowTo.length === 0);
}

function policyOf(rules: number): Policy {
  const people = Array.from({ length: rules }, (_, index) => ({ to: number(index), note: 'für “Änne” 🎉' }));
  return {
    ...emptyPolicy,
    region: 'US',
    accounts: ['default', 'work'].map((account, at) => ({
      channel: 'imessage',
      account,
      unlisted: at === 0 ? ('ask' as const) : ('deny' as const),
      pairingReply: 'send',
      allowTo: people
        .filter((_, index) => index % 3 === at)
        .map((rule, index) => ({ ...rule, until: index % 5 === 0 ? now - 1 : null }))
        .concat([{ to: '+525512345678', note: '', until: null }]),
      denyTo: people.filter((_, index) => index % 7 === 0).concat([{ to: '+5491112345678', note: '' }]),
    })),
    blocked: people
      .filter((_, index) => index % 11 === 0)
      .map((person) => ({ ...person, channel: 'imessage' })),
  };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-prepared-'));
  files = guardFiles(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

it('says the same as the rules it was made from', () => {
  write(policyOf(900));
  expect(isLookedUp(readRules(files))).toBe(false);
  const looked = readRules(elsewhere());
  expect(isLookedUp(looked)).toBe(true);
  const rules = readPolicyState(files);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: 0, max: 1_000 }).map(number),
        fc.constantFrom('+5215512345678', '+541112345678', 'a@b.example', 'Mom', '12345', ''),
      ),
      fc.constantFrom('default', 'work', 'other', null),
      (to, account) => {
        const targets = [{ to, aliases: [], people: [], opened: false }];
        const hash = '0'.repeat(64);
        const facts = { accounts: null, region: 'US', textSha256: hash, media: false, secrets: [] };
        const send: Send = { channel: 'imessage', account, targets, ...facts };
        expect(decide(looked, send, now)).toEqual(decide(rules, send, now));
      },
    ),
    { numRuns: 2_000 },
  );
});

it('is made for many rules only', () => {
  write(policyOf(3));
  expect(readRules(files)).toEqual(readPolicyState(files));
  expect(existsSync(files.preparedRules)).toBe(false);
});

it('counts for nothing with other rules, or damaged anywhere', () => {
  write(policyOf(900));
  readRules(files);
  const whole = readFileSync(files.preparedRules);
  for (const at of [3, 70, 500, whole.length >> 1, whole.length - 2]) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const other = elsewhere();
    writeFileSync(other.preparedRules, bytes);
    expect(isLookedUp(readRules(other))).toBe(false);
    expect(readFileSync(other.preparedRules).equals(whole)).toBe(true); // made anew
  }
  const other = elsewhere();
  writeFileSync(other.preparedRules, whole.subarray(0, -1));
  expect(isLookedUp(readRules(other))).toBe(false);
  const changed = elsewhere();
  writeFileSync(changed.policy, formatPolicy({ ...policyOf(900), paused: true }));
  expect(readRules(changed)).toMatchObject({ policy: { paused: true } });
});

it('sees every change of the rules, in the same process too', () => {
  write(policyOf(900));
  readRules(files);
  for (const paused of [true, false, true]) {
    write({ ...policyOf(900), paused });
    expect(readRules(files)).toMatchObject({ status: 'ready', policy: { paused } });
  }
  writeFileSync(files.policy, '{');
  expect(readRules(files).status).toBe('unreadable');
});
