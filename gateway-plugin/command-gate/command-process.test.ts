/** The plugin as OpenClaw loads it into the process of a command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { guarded, stranger } from '../plugin/stopped-sends.fixture.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';

const listed = '+15551230001';
const { argv } = process;
let root: string;
let files: GuardFiles;
let host: GatewayDouble;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-command-process-'));
  files = guardFiles(root);
  host = new GatewayDouble(root, 1000);
  host.config = { channels: { imessage: { cliPath: 'imsg', region: 'US' } } };
  const accounts = [{ ...guarded, allowTo: [{ to: listed, until: null, note: '' }] }];
  expect(updatePolicy(files, 0, () => ({ ...emptyPolicy, accounts })).ok).toBe(true);
});
afterEach(() => {
  process.argv = argv;
  Reflect.deleteProperty(globalThis, Symbol.for('portcullis-guard.command.1'));
  rmSync(root, { recursive: true, force: true });
});

function load(words: readonly string[], mode = 'discovery'): string {
  process.argv = ['node', 'openclaw.mjs', ...words];
  try {
    host.load(mode);
    return host.hooks.size > 0 ? 'loaded' : 'let through';
  } catch (error: unknown) {
    return error instanceof Error ? error.message : 'failed';
  }
}

it('ends the command by failing to load, however often it is loaded, and counts it once', () => {
  const words = ['message', 'send', '-t', stranger, '-m', 'hi'];
  for (const mode of ['discovery', 'full', 'discovery'])
    expect(load(words, mode)).toContain('Message stopped by the Portcullis send guard.');
  expect(readSpool(files).sends).toMatchObject([{ layer: 'command', attempts: 1 }]);
});

it('lets a command through that may go on', () => {
  expect(load(['message', 'send', '-t', listed, '-m', 'hi'])).toBe('let through');
});

it.each([[['gateway', 'run']], [['status']], [['agent', '--local', '-m', 'message send']]])(
  'is the plugin it always was in %j',
  (words) => {
    expect(load(words)).toBe('loaded');
    host.service?.stop();
  },
);

it('says nothing where OpenClaw only asks what plugin this is', () => {
  expect(load(['message', 'send', '-t', stranger, '-m', 'hi'], 'setup-only')).toBe('let through');
  expect(readSpool(files).sends).toEqual([]);
});
