import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../contract/result.ts';
import type { ConfigRecordFile } from '../../../core/config-ports.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { configRecordFileName, createConfigRecordFile } from './config-record-file.ts';
import { expectMode } from '../../../../build/vitest/file-mode.fixture.ts';

const now = Date.parse('2026-11-20T08:00:00.000Z');
let directory: string;
let file: ConfigRecordFile;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'config-record-'));
  file = createConfigRecordFile({ directory, clock: { now: () => now }, logger: silentLogger });
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const anything = (): boolean => true;

describe('the record of config edits', () => {
  it('is nothing before the first write', async () => {
    expect(await file.read(anything)).toEqual({ value: null, keptAside: null });
  });

  it('comes back as it was written, readable by the owner only', async () => {
    expect(await file.write({ version: 1, edits: ['ü'] })).toEqual(ok(null));
    expect(await file.read(anything)).toEqual({ value: { version: 1, edits: ['ü'] }, keptAside: null });
    expectMode(join(directory, configRecordFileName), 0o600);
    expect(readdirSync(directory)).toEqual([configRecordFileName]);
  });

  it.each<[string, string, (value: unknown) => boolean]>([
    ['cut off', '{"version": 1, "edi', anything],
    ['not what we write', '{"version": 7}', () => false],
  ])('that is %s is kept aside, whole', async (_what, text, isUsable) => {
    writeFileSync(join(directory, configRecordFileName), text);
    const aside = join(directory, `${configRecordFileName}.corrupt-2026-11-20T08-00-00.000Z`);
    expect(await file.read(isUsable)).toEqual({ value: null, keptAside: aside });
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it('says so when it cannot be written', async () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file in the way');
    chmodSync(directory, 0o400);
    expect(await file.write({})).toMatchObject({ ok: false, error: { code: 'settings-not-saved' } });
  });
});
