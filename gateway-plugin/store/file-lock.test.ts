import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFileLock } from './file-lock.ts';

const gone = 4_194_300;
const live = `${String(process.ppid)}\n`;

let root: string;
let lock: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-lock-'));
  lock = join(root, 'policy.lock');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

it('gives back the lock somebody took between our look at a dead one and its removal', () => {
  writeFileSync(lock, `${String(gone)}\n`);
  vi.spyOn(process, 'kill').mockImplementation((pid) => {
    if (pid !== gone) return true;
    rmSync(lock);
    writeFileSync(lock, live);
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  });
  expect(withFileLock(lock, () => 'ran')).toBeNull();
  expect([readdirSync(root), readFileSync(lock, 'utf8')]).toEqual([['policy.lock'], live]);
});

it('is let go of, also when what was done under it failed', () => {
  expect(() =>
    withFileLock(lock, () => {
      throw new Error('a full disk');
    }),
  ).toThrow('a full disk');
  expect(readdirSync(root)).toEqual([]);
});

it('leaves a lock alone that is not its own any more', () => {
  withFileLock(lock, () => {
    rmSync(lock);
    writeFileSync(lock, live);
  });
  expect(readFileSync(lock, 'utf8')).toBe(live);
});
