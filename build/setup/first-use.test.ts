import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNewHere } from './first-use.ts';

describe('the demo is offered', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'portcullis-first-use-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  async function place(path: string): Promise<void> {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), '');
  }
  function isNew(env: Readonly<Record<string, string>> = {}): Promise<boolean> {
    return isNewHere({ home, env: { PATH: join(home, 'bin'), ...env }, platform: 'linux' });
  }

  it('on a machine without a gateway', async () => {
    expect(await isNew()).toBe(true);
  });

  it.each([
    '.openclaw/openclaw.json',
    '.openclaw-work/openclaw.json',
    'bin/openclaw',
    '.config/Portcullis/settings.json',
  ])('not where there is ~/%s', async (path) => {
    await place(path);
    expect(await isNew()).toBe(false);
  });

  it('not when the environment points at a gateway', async () => {
    expect(await isNew({ OPENCLAW_CONFIG_PATH: '/etc/openclaw.json' })).toBe(false);
  });
});
