import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wire } from './wiring.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'portcullis-level-'));
  vi.stubEnv('PORTCULLIS_DATA_DIR', dataDir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

/** Writes one line of every level, as either host would, and reads what became of them. */
function written(asked: string | undefined): readonly unknown[] {
  vi.stubEnv('PORTCULLIS_LOG', asked);
  const { logger } = wire();
  for (const level of ['debug', 'info', 'warn', 'error'] as const) logger.log(level, `a.${level}`);
  return readFileSync(path.join(dataDir, 'logs/portcullis.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const lines = (...levels: readonly string[]) => levels.map((level) => ({ level, event: `a.${level}` }));

describe('PORTCULLIS_LOG', () => {
  it.each([
    ['debug', lines('debug', 'info', 'warn', 'error')],
    ['info', lines('info', 'warn', 'error')],
    ['warn', lines('warn', 'error')],
    ['error', lines('error')],
    ['', lines('info', 'warn', 'error')],
    [undefined, lines('info', 'warn', 'error')],
  ])('%s', (asked, expected) => {
    const found = written(asked);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  it.each(['DEBUG', 'verbose', ' info', 'constructor'])('warns of %j and goes on with info', (asked) => {
    const found = written(asked);
    expect(found).toHaveLength(4);
    expect(found).toMatchObject([
      { level: 'warn', event: 'log.level-not-understood', facts: { asked } },
      ...lines('info', 'warn', 'error'),
    ]);
  });
});
