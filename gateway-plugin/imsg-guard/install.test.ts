import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { installImsgGuard, removeImsgGuard } from './install.ts';
import type { InstallRequest } from './install.ts';

let root: string;
let files: GuardFiles;
let guard: string;
let request: InstallRequest;

function program(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-install-'));
  files = guardFiles(join(root, 'state'));
  request = {
    files,
    stateDir: join(root, 'state'),
    account: 'default',
    previousCliPath: program('imsg', '#!/bin/sh\n'),
    path: '/usr/bin:/bin',
    home: root,
    bundle: program('imsg-guard.js', ''),
    node: process.execPath,
  };
  const installed = installImsgGuard(request);
  if (!installed.ok) throw new Error(installed.error.reason);
  guard = installed.value.cliPath;
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('installing', () => {
  it('keeps what is needed to put the old cliPath back, privately', () => {
    const folder = join(files.imsgGuard, 'default');
    expect(JSON.parse(readFileSync(join(folder, 'imsg-guard.json'), 'utf8'))).toEqual({
      version: 1,
      stateDir: join(root, 'state'),
      account: 'default',
      imsg: join(root, 'imsg'),
      previousCliPath: join(root, 'imsg'),
    });
    expect(statSync(guard).mode & 0o777).toBe(0o700);
    removeImsgGuard(files, 'default');
    expect(existsSync(folder)).toBe(false);
  });

  it('finds what OpenClaw would run from PATH or home', () => {
    const fromPath = installImsgGuard({
      ...request,
      account: 'a',
      previousCliPath: null,
      path: `relative:${root}`,
    });
    const fromHome = installImsgGuard({ ...request, account: 'b', previousCliPath: '~/imsg' });
    expect([fromPath, fromHome].map((result) => result.ok && result.value.config)).toMatchObject([
      { imsg: join(root, 'imsg'), previousCliPath: null },
      { imsg: join(root, 'imsg'), previousCliPath: '~/imsg' },
    ]);
  });

  it('refuses what it could not guard or give back', () => {
    const wrapper = program('imsg-ssh', '#!/bin/sh\nexec ssh -T bot@mac imsg "$@"\n');
    const failures = [join(root, 'nowhere'), guard, wrapper].map((previousCliPath) =>
      installImsgGuard({ ...request, previousCliPath }),
    );
    expect(failures).toEqual([
      { ok: false, error: { reason: 'imsg-not-found', looked: join(root, 'nowhere') } },
      { ok: false, error: { reason: 'already-installed' } },
      { ok: false, error: { reason: 'ssh-wrapper' } },
    ]);
  });
});
