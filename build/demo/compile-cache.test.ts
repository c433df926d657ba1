import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundCompileCache } from './compile-cache.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-cache-')));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the compile cache', () => {
  it.each([
    ['stays while it is small', 100, true],
    ['starts anew when it has grown too big', 99, false],
  ])('%s', async (_, maxBytes, stays) => {
    const cache = join(root, 'compile-cache');
    mkdirSync(join(cache, 'v24'), { recursive: true });
    for (const name of ['a', 'b']) writeFileSync(join(cache, 'v24', name), 'x'.repeat(50));
    await boundCompileCache(cache, maxBytes);
    expect(existsSync(cache)).toBe(stays);
    expect(readdirSync(root)).toEqual(stays ? ['compile-cache'] : []);
  });

  it('need not be there yet', async () => {
    await expect(boundCompileCache(join(root, 'none'), 0)).resolves.toBeUndefined();
  });
});
