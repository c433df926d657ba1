import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetStateLocks } from './state-locks.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-cache-')));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the locks OpenClaw leaves', () => {
  it('go with the databases they are for, and nobody else loses any', async () => {
    const state = join(root, 'gateway');
    const locks = join(root, 'locks');
    mkdirSync(join(state, 'state'), { recursive: true });
    mkdirSync(locks);
    const database = join(state, 'state', 'openclaw.sqlite');
    writeFileSync(database, '');
    const ours = ['state-lifecycle', 'gateway-lifecycle'].map((family) => lockOf(family, database));
    const theirs = [lockOf('state-lifecycle', '/home/somebody/openclaw.sqlite'), 'notes.txt'];
    for (const name of [...ours, ...theirs]) writeFileSync(join(locks, name), '');
    await forgetStateLocks(state, locks);
    expect(readdirSync(locks).toSorted()).toEqual(theirs.toSorted());
  });

  it('need not be there', async () => {
    await expect(forgetStateLocks(root, join(root, 'none'))).resolves.toBeUndefined();
  });

  function lockOf(family: string, database: string): string {
    return `${family}.${createHash('sha256').update(database).digest('hex').slice(0, 8)}.lock.sqlite`;
  }
});
