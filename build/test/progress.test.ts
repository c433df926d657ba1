import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progressVariable, tell } from './progress-line.ts';
import { countProgress, noProgress, readProgress } from './progress.ts';

describe('what a runner tells', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-progress-'));
    file = join(folder, 'unit.jsonl');
    vi.stubEnv(progressVariable, file);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('is counted while it runs', async () => {
    expect(await readProgress(file)).toEqual(noProgress);
    tell({ planned: 3 });
    tell({ ended: 'passed' });
    expect(await readProgress(file)).toEqual({ passed: 1, failed: 0, skipped: 0, planned: 3 });
    tell({ ended: 'failed' });
    tell({ ended: 'skipped' });
    expect(await readProgress(file)).toEqual({ passed: 1, failed: 1, skipped: 1, planned: 3 });
  });

  it('goes nowhere when nobody listens', async () => {
    vi.stubEnv(progressVariable, undefined);
    tell({ ended: 'passed' });
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
  });

  it('counts whole lines of its own kind only', () => {
    const lines = ['{"ended":"passed"}', '{"ended":"great"}', 'x', '{"planned":2}', '{"ended":"pas'];
    expect(countProgress(lines.join('\n'))).toEqual({ ...noProgress, passed: 1, planned: 2 });
  });
});
