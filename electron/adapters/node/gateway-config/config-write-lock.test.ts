import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withConfigWriteLock } from './config-write-lock.ts';

const gone = 999_999_999;
const live = JSON.stringify({ pid: process.ppid });

let root: string;
let config: string;
let lock: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-config-lock-'));
  config = join(root, 'openclaw.json');
  lock = `${config}.lock`;
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

it('gives back the lock somebody took between our look at a dead one and its removal', async () => {
  writeFileSync(lock, JSON.stringify({ pid: gone }));
  const isAlive = (pid: number): boolean => {
    if (pid !== gone) return true;
    rmSync(lock);
    writeFileSync(lock, live);
    return false;
  };
  expect(
    await withConfigWriteLock(config, { patienceMs: 0, isAlive }, () => Promise.resolve('ran')),
  ).toBeNull();
  expect([readdirSync(root), readFileSync(lock, 'utf8')]).toEqual([['openclaw.json.lock'], live]);
});

it('lets one in at a time, also past a dead lock', async () => {
  writeFileSync(lock, JSON.stringify({ pid: gone }));
  let [inside, most, done] = [0, 0, 0];
  const enter = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    done += 1;
  };
  await Promise.all(
    Array.from({ length: 8 }, () => withConfigWriteLock(config, { patienceMs: 60_000 }, enter)),
  );
  expect([most, done, readdirSync(root)]).toEqual([1, 8, []]);
});

it('leaves a lock alone that is not its own any more', async () => {
  await withConfigWriteLock(config, { patienceMs: 0 }, () => {
    rmSync(lock);
    writeFileSync(lock, live);
    return Promise.resolve();
  });
  expect(readFileSync(lock, 'utf8')).toBe(live);
});
