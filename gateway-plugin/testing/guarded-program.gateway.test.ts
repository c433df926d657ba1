/** The built guard, started as OpenClaw starts it, in front of the scripted imsg: what only a real process shows. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { buildGatewayPlugin } from '../../build/gateway-plugin.ts';
import { guardFiles } from '../store/guard-files.ts';
import { updatePolicy } from '../store/policy-file.ts';
import { rules } from './guarded-mac.fixture.ts';
import { createScriptedMac, world } from './imsg-world.fixture.ts';
import type { ScriptedMac } from './imsg-world.fixture.ts';
import { installTransportGuard } from './installed-guard.fixture.ts';
import { isKnownGap } from './known-gaps.fixture.ts';

const program = fileURLToPath(new URL('../../build/demo/scripted-imsg/imsg.mjs', import.meta.url));
const { stranger } = world;

let built: string;
let mac: ScriptedMac;
let guard: string;
let imsg: string;

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'portcullis-built-'));
  await buildGatewayPlugin(built);
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

beforeEach(async () => {
  mac = createScriptedMac('0.13 alone');
  imsg = join(mac.folder, 'imsg');
  const folder = `SCRIPTED_IMSG_DIR='${mac.folder}'`;
  writeFileSync(imsg, `#!/bin/sh\n${folder} exec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });
  const stateDir = join(mac.folder, 'state');
  const policy = { ...emptyPolicy, region: 'US', accounts: [rules] };
  expect(updatePolicy(guardFiles(stateDir), 0, () => policy).ok).toBe(true);
  guard = await installTransportGuard({ stateDir, imsg, built, node: process.execPath });
});
afterEach(() => {
  mac.remove();
});

function run(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): void {
  spawnSync(guard, args, { input, cwd: mac.folder, env: { PATH: '/nonexistent', HOME: mac.folder, ...env } });
}

const ways: readonly { readonly id: string; readonly go: () => void }[] = [
  {
    id: 'program: another database',
    go: () => run(['send', '--chat-id', '3', '--db', 'evil.db', '--text', 'SECRET']),
  },
  {
    id: 'program: another database, equals form',
    go: () => run(['send', '--chat-id', '1', '--db=evil.db', '--text', 'SECRET']),
  },
  {
    id: 'program: a server on another database',
    go: () => {
      const params = { chat_id: 1, text: 'SECRET' };
      const line = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'send', params });
      run(['rpc', '--db=evil.db'], `${line}\n`);
    },
  },
  {
    id: 'program: the database of another home',
    go: () => {
      const home = join(mac.folder, 'home');
      mkdirSync(join(home, 'Library', 'Messages'), { recursive: true });
      cpSync(join(mac.folder, 'evil.db'), join(home, 'Library', 'Messages', 'chat.db'));
      run(['send', '--chat-id', '3', '--text', 'SECRET'], '', { HOME: home });
    },
  },
  {
    id: 'program: code in the environment',
    go: () => {
      const code = join(mac.folder, 'code.mjs');
      const around = `import { spawnSync } from 'node:child_process';
        if (!process.argv[1].endsWith('imsg.mjs')) spawnSync(${JSON.stringify(imsg)}, process.argv.slice(2));`;
      writeFileSync(code, around);
      run(['send', '--to', stranger, '--text', 'SECRET'], '', { NODE_OPTIONS: `--import=${code}` });
    },
  },
];

describe('the guard as a program', () => {
  it('lets a listed person be written to, and nobody else', () => {
    run(['send', '--to', '+15551230001', '--text', 'x']);
    run(['send', '--to', stranger, '--text', 'x']);
    expect(mac.reached()).toEqual([{ kind: 'text', to: ['+15551230001'], text: 'x' }]);
  });

  it.each(ways)('stops $id', ({ id, go }) => {
    go();
    const left = mac.reached().filter(({ to }) => to.includes(stranger));
    expect(left).toEqual(isKnownGap('reaches', id) ? expect.arrayContaining([expect.anything()]) : []);
  });
});
