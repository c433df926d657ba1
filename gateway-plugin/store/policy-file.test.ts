import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../electron/contract/guard/decide.ts';
import { emptyPolicy, formatPolicy, policyMaxBytes } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from './guard-files.ts';
import type { GuardFiles } from './guard-files.ts';
import { changedByOthers, readPolicyState, restorePolicy, updatePolicy } from './policy-file.ts';
import { createOnce } from './private-file.ts';
import { expectMode } from '../../build/vitest/file-mode.fixture.ts';

const now = Date.now();
let root: string;
let files: GuardFiles;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-policy-file-'));
  files = guardFiles(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const blocked = [{ channel: 'imessage', to: '+15551230001', note: '' }];

const unlistedSend = {
  channel: 'imessage',
  account: 'default',
  accounts: null,
  region: null,
  targets: [{ to: '+15551230099', aliases: [], people: [], opened: false }],
  textSha256: '',
  media: false,
  secrets: [],
};

describe('the policy file', () => {
  it('is absent until the first change, then private and one revision further each time', () => {
    expect(readPolicyState(files)).toEqual({ status: 'absent', installed: false });
    expect(updatePolicy(files, 0, (policy) => ({ ...policy, paused: true }))).toMatchObject({
      ok: true,
    });
    expect(updatePolicy(files, 1, (policy) => ({ ...policy, blocked }))).toMatchObject({ ok: true });
    expect(readPolicyState(files)).toEqual({
      status: 'ready',
      policy: { ...emptyPolicy, revision: 2, paused: true, blocked },
    });
    expectMode(files.policy, 0o600);
    expectMode(files.root, 0o700);
    expect(readdirSync(files.root).sort()).toEqual([
      'policy.json',
      'policy.last-good.json',
      'policy.written.json',
    ]);
  });

  it('is understood once for every change: as long as it says the same, its policy is the same', () => {
    const updated = updatePolicy(files, 0, (policy) => ({ ...policy, blocked }));
    const read = (): unknown => {
      const state = readPolicyState(files);
      return state.status === 'ready' ? state.policy : null;
    };
    expect(read()).toBe(updated.ok ? updated.value : undefined);
    expect(changedByOthers(files)).toBeNull();
    expect(read()).toBe(updated.ok ? updated.value : undefined);
  });

  it('does not take a change made on an older revision, or one that is not valid', () => {
    updatePolicy(files, 0, (policy) => policy);
    expect(updatePolicy(files, 0, (policy) => policy)).toEqual({
      ok: false,
      error: { reason: 'conflict', revision: 1 },
    });
    expect(
      updatePolicy(files, 1, () => ({ ...emptyPolicy, blocked: [{ channel: 'imessage', to: '???' }] })),
    ).toEqual({
      ok: false,
      error: { reason: 'invalid', problem: 'blocked.0.to: This recipient is not understood (name).' },
    });
    expect(readPolicyState(files)).toMatchObject({ status: 'ready', policy: { revision: 1 } });
  });

  it('waits for nobody: while another process changes it, the change is refused', () => {
    createOnce(files.policyLock, `${String(process.ppid)}\n`);
    expect(updatePolicy(files, 0, (policy) => policy)).toEqual({ ok: false, error: { reason: 'locked' } });
    expect(readFileSync(files.policyLock, 'utf8')).toBe(`${String(process.ppid)}\n`);
  });

  it.each([
    ['a process that is gone', '4194300\n'],
    ['an earlier process with our number', `${String(process.pid)}\n`],
    ['a crash while it was made', ''],
  ])('does not obey a lock left behind by %s, whatever the clock says', (_whose, text) => {
    createOnce(files.policyLock, text);
    expect(updatePolicy(files, 0, (policy) => policy)).toMatchObject({ ok: true });
    expect(readdirSync(files.root).filter((name) => name.includes('lock'))).toEqual([]);
  });

  it('that is damaged is never changed blindly, and comes back from the last good one', () => {
    updatePolicy(files, 0, (policy) => ({ ...policy, blocked }));
    writeFileSync(files.policy, '{"version":1,');
    expect(readPolicyState(files)).toMatchObject({ status: 'unreadable', lastGood: { blocked } });
    expect(updatePolicy(files, 1, (policy) => policy)).toMatchObject({
      error: { reason: 'unreadable' },
    });
    expect(restorePolicy(files, now)).toMatchObject({ ok: true, value: { revision: 2, blocked } });
    expect(readPolicyState(files)).toMatchObject({ status: 'ready', policy: { blocked } });
    const aside = readdirSync(files.root).filter((name) => name.startsWith('policy.json.corrupt-'));
    expect(aside.map((name) => readFileSync(join(files.root, name), 'utf8'))).toEqual(['{"version":1,']);
  });

  it('that was written by hand counts as the last good one as soon as it was read', () => {
    const byHand = formatPolicy({ ...emptyPolicy, revision: 7, blocked });
    mkdirSync(files.root, { recursive: true });
    writeFileSync(files.policy, byHand);
    expect(readPolicyState(files)).toMatchObject({ status: 'ready' });
    rmSync(files.policy);
    expect(readPolicyState(files)).toMatchObject({ status: 'unreadable', lastGood: { blocked } });
  });

  it.each<[string, (path: string) => void]>([
    ['gone', () => undefined],
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a device behind a link', (path) => symlinkSync('/dev/zero', path)],
    ['too large', (path) => writeFileSync(path, ' '.repeat(policyMaxBytes + 1))],
    [
      'written twice',
      (path) => writeFileSync(path, '{"version":1,"revision":1,"accounts":[],"accounts":[]}'),
    ],
  ])('that is %s, with its copy gone, lets nothing unlisted leave where there were rules', (_what, make) => {
    updatePolicy(files, 0, (policy) => ({ ...policy, blocked }));
    rmSync(files.policy);
    rmSync(files.lastGood);
    make(files.policy);
    expect(readPolicyState(files)).toMatchObject({ status: 'unreadable', lastGood: { blocked } });
    expect(decide(readPolicyState(files), unlistedSend, now).verdict).toBe('ask');
    expect(updatePolicy(files, 0, () => emptyPolicy)).toMatchObject({ error: { reason: 'unreadable' } });
    rmSync(files.written);
    writeFileSync(files.written, '{');
    expect(readPolicyState(files)).toMatchObject({ status: 'unreadable', lastGood: null });
    expect(decide(readPolicyState(files), unlistedSend, now).verdict).toBe('ask');
  });

  it('that is gone with its copy comes back from what was written', () => {
    updatePolicy(files, 0, (policy) => ({ ...policy, blocked }));
    rmSync(files.policy);
    rmSync(files.lastGood);
    expect(restorePolicy(files, now)).toMatchObject({ ok: true, value: { revision: 2, blocked } });
  });

  it('that somebody else changed says what they did until the owner takes it up', () => {
    const account = {
      channel: 'imessage',
      account: 'default',
      unlisted: 'ask' as const,
      pairingReply: 'send' as const,
      allowTo: [{ to: '+15551230002', until: null, note: '' }],
      denyTo: [],
    };
    updatePolicy(files, 0, (policy) => ({ ...policy, accounts: [account], blocked }));
    expect(changedByOthers(files)).toBeNull();
    const theirs = { to: '+15551230099', until: null, note: 'let me in' };
    const changed = { ...account, allowTo: [theirs] };
    writeFileSync(
      files.policy,
      formatPolicy({ ...emptyPolicy, revision: 1, accounts: [changed], blocked: [] }),
    );
    const told = {
      added: 1,
      removed: 2,
      entries: [
        { change: 'added', list: 'allowTo', channel: 'imessage', account: 'default', to: '+15551230099' },
        { change: 'removed', list: 'allowTo', channel: 'imessage', account: 'default', to: '+15551230002' },
        { change: 'removed', list: 'blocked', channel: 'imessage', account: null, to: '+15551230001' },
      ],
    };
    expect(changedByOthers(files)).toEqual(told);
    // An answer to some message is no word about it.
    updatePolicy(files, 1, (policy) => ({ ...policy, paused: true }));
    expect(changedByOthers(files)).toEqual(told);
    updatePolicy(files, 2, () => ({ ...emptyPolicy, accounts: [changed] }));
    expect(changedByOthers(files)).toBeNull();
  });

  it('that is damaged with no last good one stays as it is: an empty one would let everything out', () => {
    updatePolicy(files, 0, (policy) => ({ ...policy, blocked }));
    writeFileSync(files.policy, '{"version":1,');
    rmSync(files.lastGood);
    rmSync(files.written);
    expect(restorePolicy(files, now)).toMatchObject({ ok: false, error: { reason: 'unreadable' } });
    expect(readPolicyState(files)).toMatchObject({ status: 'unreadable', lastGood: null });
  });
});
