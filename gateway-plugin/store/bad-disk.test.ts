/** Disks that take only a part, and files that are none: nothing half-written stands anywhere, and nothing hangs. */
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
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stoppedSend } from '../plugin/stopped-sends.fixture.ts';
import { claimOnce, isClaimed, wasCarriedOut } from './claims.ts';
import { guardFiles } from './guard-files.ts';
import type { GuardFiles } from './guard-files.ts';
import { readPolicyState, updatePolicy } from './policy-file.ts';
import { createOnce, readText, replaceText } from './private-file.ts';
import { addToSpool, findSpooled, readSpool, writeSpooled } from './spool.ts';

const disk = {
  /** Bytes it still takes; null: no end of them. */
  room: null as number | null,
  /** Files opened for reading. */
  reads: 0,
};
const { openSync, writeSync } = fs;

let root: string;
let files: GuardFiles;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-bad-disk-'));
  files = guardFiles(root);
  disk.room = null;
  vi.spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
    if (typeof flags === 'number') disk.reads += 1;
    return openSync(path, flags, mode);
  });
  vi.spyOn(fs, 'writeSync').mockImplementation(((handle: number, bytes: Buffer, at: number): number => {
    if (disk.room === null) return writeSync(handle, bytes, at);
    const fitting = Math.min(disk.room, bytes.length - at);
    disk.room -= fitting;
    return fitting === 0 ? 0 : writeSync(handle, bytes, at, fitting);
  }) as typeof writeSync);
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(root, { recursive: true, force: true });
});

describe('a disk with room for a part', () => {
  it('leaves the old text whole, and no rest of the new one', () => {
    const path = join(root, 'rules.json');
    replaceText(path, 'old');
    disk.room = 2;
    expect(() => {
      replaceText(path, 'newer');
    }).toThrow('ENOSPC');
    expect([readFileSync(path, 'utf8'), readdirSync(root)]).toEqual(['old', ['rules.json']]);
  });

  it('makes no new file, so that it can be made later', () => {
    const path = join(root, 'claim');
    disk.room = 2;
    expect(() => createOnce(path, 'whole')).toThrow('ENOSPC');
    disk.room = null;
    expect([readdirSync(root), createOnce(path, 'whole'), createOnce(path, 'whole')]).toEqual([
      [],
      true,
      false,
    ]);
  });

  it('carries nothing out: a claim counts only when whole', () => {
    disk.room = 0;
    expect(() => claimOnce(files, 'send-0001_a')).toThrow('ENOSPC');
    expect(wasCarriedOut(files, 'send-0001')).toBe(false);
    disk.room = null;
    // As an older guard left it behind.
    writeFileSync(join(files.claims, 'send-0002_a'), '');
    expect([isClaimed(files, 'send-0002_a'), claimOnce(files, 'send-0002_a')]).toEqual([false, false]);
  });
});

describe('rules that find no room', () => {
  it('are not in force, and leave the old ones and their copies whole', () => {
    const people = ['+15551230001', '+15551230002'].map((to) => ({ channel: 'imessage', to, note: '' }));
    updatePolicy(files, 0, (policy) => ({ ...policy, blocked: people }));
    const texts = (): readonly string[] =>
      [files.policy, files.lastGood, files.written].map((path) => readFileSync(path, 'utf8'));
    const before = texts();
    // As much as the lock takes, and a part of the rules.
    for (const room of [40, 200]) {
      disk.room = room;
      expect(() => updatePolicy(files, 1, (policy) => ({ ...policy, paused: true }))).toThrow('ENOSPC');
      expect(texts()).toEqual(before);
    }
    disk.room = null;
    expect(readdirSync(files.root).sort()).toEqual([
      'policy.json',
      'policy.last-good.json',
      'policy.written.json',
    ]);
    expect(readPolicyState(files)).toMatchObject({
      status: 'ready',
      policy: { paused: false, blocked: people },
    });
  });
});

describe('what is no file of ours', () => {
  it.each<[string, (path: string) => void, string]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'ENOTREG'],
    ['a link', (path) => symlinkSync('/dev/zero', path), 'ELOOP'],
    ['a folder', (path) => mkdirSync(path), 'ENOTREG'],
  ])('is not read: %s', (_what, make, code) => {
    make(join(root, 'rules.json'));
    expect(() => readText(join(root, 'rules.json'))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('is not read when it is larger than anything we write', () => {
    writeFileSync(join(root, 'rules.json'), 'x'.repeat(11));
    expect(() => readText(join(root, 'rules.json'), 10)).toThrow('EFBIG');
  });
});

describe('a spool of many messages', () => {
  const many = 200;
  beforeEach(() => {
    mkdirSync(files.spool, { recursive: true });
    for (let index = 0; index < many; index += 1) {
      const send = stoppedSend({
        id: `send-${String(index).padStart(5, '0')}`,
        text: `text ${String(index)}`,
      });
      writeFileSync(join(files.spool, `${send.id}.json`), JSON.stringify(send));
    }
    readSpool(files);
    disk.reads = 0;
  });

  it('is read once: further looks and further messages cost no more than their own file', () => {
    for (let index = 0; index < 20; index += 1) {
      addToSpool(files, stoppedSend({ text: `another ${String(index)}` }));
      expect(readSpool(files).sends).toHaveLength(many + index + 1);
    }
    expect(disk.reads).toBe(20);
  });

  it('follows what another process does to it, and forgets nothing of ours', () => {
    const [first, second] = readSpool(files).sends;
    rmSync(join(files.spool, `${first?.id ?? ''}.json`));
    writeFileSync(join(files.spool, `${second?.id ?? ''}.json`), JSON.stringify({ ...second, attempts: 2 }));
    writeFileSync(join(files.spool, 'theirs-0001.json'), JSON.stringify(stoppedSend({ id: 'theirs-0001' })));
    const { sends } = readSpool(files);
    expect(sends).toHaveLength(many);
    expect([findSpooled(files, first?.id ?? ''), findSpooled(files, 'theirs-0001')?.id]).toEqual([
      null,
      'theirs-0001',
    ]);
    expect(sends.find(({ id }) => id === second?.id)?.attempts).toBe(2);
  });

  it('keeps long texts on the disk only, whole', () => {
    const text = 'x'.repeat(40_000);
    const send = stoppedSend({ id: 'long-00001', text });
    writeSpooled(files, send);
    disk.reads = 0;
    expect(findSpooled(files, 'long-00001')?.text).toBe(text);
    expect(readSpool(files).sends.find(({ id }) => id === 'long-00001')?.text).toBe(text);
    expect(disk.reads).toBe(2);
  });
});
