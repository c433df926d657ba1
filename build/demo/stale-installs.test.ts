import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStaleInstalls } from './stale-installs.ts';

const dayMs = 86_400_000;
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-cache-')));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('what earlier versions left', () => {
  const now = Date.now();
  /** Name → days since it was used last. */
  const folders = {
    'openclaw-now': 30,
    'openclaw-before': 8,
    'openclaw-elsewhere': 6,
    'openclaw-now.installing-crashed': 2,
    'openclaw-now.installing-running': 0.01,
    'openclaw-now/state-slim-now-a': 30,
    'openclaw-now/state-slim-before-b': 8,
    'openclaw-now/state-unmodified-now-c': 6,
    'openclaw-now/compile-cache.old-d': 2,
    'openclaw-now/compile-cache': 30,
    'something-else': 30,
  };

  it('goes when nobody used it for a week, or did not finish it within a day', async () => {
    for (const path of Object.keys(folders)) mkdirSync(join(root, path), { recursive: true });
    for (const [path, days] of Object.entries(folders)) {
      const used = new Date(now - days * dayMs);
      utimesSync(join(root, path), used, used);
    }
    const home = join(root, 'openclaw-now');
    await removeStaleInstalls({ cacheDir: root, home, state: join(home, 'state-slim-now-a') }, now);
    expect(Object.keys(folders).filter((path) => existsSync(join(root, path)))).toEqual([
      'openclaw-now',
      'openclaw-elsewhere',
      'openclaw-now.installing-running',
      'openclaw-now/state-slim-now-a',
      'openclaw-now/state-unmodified-now-c',
      'openclaw-now/compile-cache',
      'something-else',
    ]);
  });
});
