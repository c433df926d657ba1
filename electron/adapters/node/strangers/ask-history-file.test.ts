import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../contract/result.ts';
import { askStateSchema, noAsks, type AskState } from '../../../core/strangers/ask-state.ts';
import { openConfStore } from '../settings/conf-store.ts';
import { openAskHistoryFile } from './ask-history-file.ts';
import { expectMode } from '../../../../build/vitest/file-mode.fixture.ts';

const now = Date.UTC(2026, 10, 20, 23, 12, 5, 123);
const state: AskState = {
  version: 1,
  askers: [
    {
      gateway: 'home',
      channel: 'imessage',
      account: 'default',
      sender: '+15551230001',
      asks: [{ id: 'r1', at: now, inBurst: false, denied: false }],
      announced: { id: 'r1', at: now },
    },
  ],
  burst: null,
};

let directory: string;
let logged: string[];
const file = () => path.join(directory, 'strangers.json');
const open = () =>
  openAskHistoryFile({
    directory,
    openStore: openConfStore,
    parse: (document) => {
      const read = askStateSchema.safeParse(document);
      return read.success ? ok(read.data) : fail(read.error);
    },
    empty: noAsks,
    clock: { now: () => now },
    logger: { log: (level, event) => void logged.push(`${level} ${event}`) },
  });

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'portcullis-strangers-'));
  logged = [];
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('the file of who asked before', () => {
  it('reads back what was written, for the owner only', () => {
    expect(open().read()).toEqual(noAsks);
    open().write(state);
    expect(open().read()).toEqual(state);
    expectMode(file(), 0o600);
  });

  it.each([
    ['no JSON', '{"version": 1, oops'],
    ['another version', JSON.stringify({ ...state, version: 2 })],
    ['a wrong value', JSON.stringify({ ...state, askers: [{}] })],
  ])('is kept aside when it holds %s, and starts anew', (_what, content) => {
    writeFileSync(file(), content);
    expect(open().read()).toEqual(noAsks);
    expect(readFileSync(`${file()}.corrupt-2026-11-20T23-12-05.123Z`, 'utf8')).toBe(content);
    expect(logged).toEqual(['warn strangers.unusable']);
    open().write(state);
    expect(open().read()).toEqual(state);
  });

  it('logs that it could not be written, and goes on', () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'not a folder');
    open().write(state);
    expect([open().read(), logged]).toEqual([noAsks, ['error strangers.not-saved']]);
  });
});
