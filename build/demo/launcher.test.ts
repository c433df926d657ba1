import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeLauncher } from './launcher.ts';

const run = promisify(execFile);
const echo = `const { OURS, THEIRS, MISSING, GIVEN } = process.env;
console.log(JSON.stringify([process.argv.slice(1), OURS, THEIRS, MISSING, GIVEN]))`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis it's a launcher "));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('hands on arguments and environment, with its own laid over', async () => {
  const launcher = await writeLauncher(join(folder, 'echo'), {
    command: [process.execPath, '-e', echo, "it's first"],
    env: { OURS: "it's $HOME" },
    defaults: { MISSING: "it's ours", GIVEN: 'not this' },
  });
  const env = { ...process.env, OURS: 'not this', THEIRS: 'kept', GIVEN: 'kept too' };
  const { stdout } = await run(launcher, ['second $PATH'], { env });
  expect(JSON.parse(stdout)).toEqual([
    ["it's first", 'second $PATH'],
    "it's $HOME",
    'kept',
    "it's ours",
    'kept too',
  ]);
});
