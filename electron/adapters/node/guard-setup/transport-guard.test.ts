import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFileChanges } from './file-changes.ts';
import { accountFolder, guardFolders, type GuardFolders } from './guard-folders.ts';
import {
  inspectTransportGuard,
  planTransportGuard,
  removeBuilds,
  type TransportGuardRequest,
} from './transport-guard.ts';

let root: string;
let folders: GuardFolders;
let request: TransportGuardRequest;
let cliPath: string;

function program(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

function builtAs(text: string): TransportGuardRequest['brought'] {
  return { build: `1.0.0-${text}`, files: [{ name: 'imsg-guard.js', content: Buffer.from(text) }] };
}

async function install(wanted: TransportGuardRequest): Promise<string> {
  const planned = await planTransportGuard(wanted);
  if (!planned.ok) throw new Error(planned.error.reason);
  await makeFileChanges(planned.value.files, folders.root);
  return planned.value.cliPath;
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "portcullis it's "));
  folders = guardFolders(join(root, 'state'));
  mkdirSync(folders.root, { recursive: true });
  const imsg = program('imsg', '#!/bin/sh\n');
  request = {
    folders,
    stateDir: join(root, 'state'),
    account: 'default',
    previousCliPath: imsg,
    runs: imsg,
    path: '/usr/bin:/bin',
    home: root,
    brought: builtAs('guard'),
    nodes: [process.execPath],
    remoteHost: false,
    settings: { region: 'AT', service: 'auto', database: null },
  };
  cliPath = await install(request);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('installing', () => {
  it('keeps what is needed to put the old cliPath back, privately', async () => {
    expect(JSON.parse(readFileSync(join(cliPath, '../imsg-guard.json'), 'utf8'))).toEqual({
      version: 1,
      stateDir: join(root, 'state'),
      account: 'default',
      imsg: join(root, 'imsg'),
      previousCliPath: join(root, 'imsg'),
      region: 'AT',
      service: 'auto',
      database: null,
      home: root,
    });
    expect(statSync(cliPath).mode & 0o777).toBe(0o700);
    await makeFileChanges(await removeBuilds(accountFolder(folders, 'default'), []), folders.transport);
    expect([existsSync(folders.transport), existsSync(folders.root)]).toEqual([false, true]);
  });

  it('finds what OpenClaw would run from PATH or home', async () => {
    const fromPath = await planTransportGuard({
      ...request,
      account: 'a',
      previousCliPath: null,
      runs: null,
      path: `relative:${root}`,
    });
    const fromHome = await planTransportGuard({ ...request, account: 'b', runs: '~/imsg' });
    expect([fromPath, fromHome].map((result) => result.ok && result.value.config)).toMatchObject([
      { account: 'a', imsg: join(root, 'imsg'), previousCliPath: null },
      { account: 'b', imsg: join(root, 'imsg') },
    ]);
  });

  it('refuses what it could not guard or give back', async () => {
    const wrapper = program('imsg-ssh', '#!/bin/sh\nexec ssh -T bot@mac imsg "$@"\n');
    const failures = await Promise.all(
      [join(root, 'nowhere'), cliPath, wrapper].map((runs) => planTransportGuard({ ...request, runs })),
    );
    expect(failures).toEqual([
      { ok: false, error: { reason: 'imsg-not-found', looked: join(root, 'nowhere') } },
      { ok: false, error: { reason: 'already-installed' } },
      { ok: false, error: { reason: 'ssh-wrapper' } },
    ]);
    expect(await planTransportGuard({ ...request, runs: wrapper, remoteHost: true })).toMatchObject({
      ok: true,
    });
  });

  it('never leaves the guard folder, whatever an account is called', async () => {
    const planned = await planTransportGuard({ ...request, account: '../..' });
    expect(planned.ok && planned.value.cliPath.startsWith(`${folders.transport}/%2E%2E`)).toBe(true);
  });
});

describe('a guard in place', () => {
  const state = (account = 'default', brought = request.brought, settings = {}): Promise<string> =>
    inspectTransportGuard(cliPath, { account, settings: { ...request.settings, ...settings } }, brought);

  it('is complete, or outdated when the app brings another build or it was made for another account', async () => {
    expect([await state(), await state('default', builtAs('newer')), await state('work')]).toEqual([
      'complete',
      'outdated',
      'outdated',
    ]);
  });

  it.each([{ region: 'US' }, { service: 'sms' }, { database: '/other.db' }])(
    'is outdated once the gateway’s config says %j',
    async (settings) => {
      expect(await state('default', request.brought, settings)).toBe('outdated');
    },
  );

  it('still works when the first of its Nodes is gone', async () => {
    const gone = join(root, 'gone');
    cliPath = await install({ ...request, nodes: [gone, process.execPath] });
    expect(await state()).toBe('complete');
    cliPath = await install({ ...request, nodes: [gone] });
    expect(await state()).toBe('broken');
  });

  it.each(['imsg', 'imsg-guard.js', 'imsg-guard.json', '../../../../../imsg'])(
    'is broken without %s',
    async (name) => {
      rmSync(join(cliPath, '..', name));
      expect(await state()).toBe('broken');
    },
  );
});
