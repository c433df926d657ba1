/** The built guard as OpenClaw runs it: a program at `cliPath` in front of an imsg. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import { selfTestAddress } from '../../electron/contract/guard/self-test.ts';
import { buildGatewayPlugin } from '../../build/gateway-plugin.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { installTransportGuard } from '../testing/installed-guard.fixture.ts';
import type { EchoSettings } from './echo-imsg.double.ts';

const listed = '+15551230001';
const stranger = '+15551230099';

let built: string;
let root: string;
let files: GuardFiles;
let guard: string;

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'portcullis-built-'));
  await buildGatewayPlugin(built);
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "portcullis it's a guard "));
  files = guardFiles(join(root, 'state'));
  const imsg = join(root, 'imsg');
  const script = fileURLToPath(new URL('echo-imsg.double.ts', import.meta.url));
  writeFileSync(imsg, `#!/bin/sh\nECHO_IMSG_DIR="${root}" exec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(imsg, 0o755);
  guard = await installTransportGuard({
    stateDir: join(root, 'state'),
    imsg,
    built,
    node: process.execPath,
  });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function restrict(): void {
  const account = {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask',
    allowTo: [{ to: listed }],
  };
  expect(updatePolicy(files, 0, () => ({ ...emptyPolicy, accounts: [account] })).ok).toBe(true);
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(guard, args, { env: { PATH: '/nonexistent', ...env }, cwd: root });
}

async function run(
  args: readonly string[],
  input: Buffer | string = '',
  settings: EchoSettings = {},
): Promise<Ended> {
  writeFileSync(join(root, 'echo.json'), JSON.stringify(settings));
  const child = start(args);
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  await once(child, 'close');
  return {
    code: child.exitCode,
    signal: child.signalCode,
    stdout: Buffer.concat(out),
    stderr: Buffer.concat(errors).toString(),
  };
}

const calls = (): unknown[] =>
  existsSync(join(root, 'calls.jsonl'))
    ? readFileSync(join(root, 'calls.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    : [];
const received = (): Buffer =>
  existsSync(join(root, 'stdin.bin')) ? readFileSync(join(root, 'stdin.bin')) : Buffer.alloc(0);
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('a command that sends nothing', () => {
  it('is imsg’s own: arguments, input, output, errors and exit code', async () => {
    const input = Buffer.from([0, 1, 0xff, 0x0a, 0x80]);
    const ended = await run(['history', '--chat-id', '4', 'ünï "q"'], input, { exit: 3 });
    expect(ended).toEqual({ code: 3, signal: null, stdout: input, stderr: 'on stderr\n' });
    expect(calls()).toEqual([['history', '--chat-id', '4', 'ünï "q"']]);
  });

  it('gets the signals the guard gets, and its own end is passed on', async () => {
    const child = start(['watch']);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect([child.exitCode, readFileSync(join(root, 'signal'), 'utf8')]).toEqual([7, 'SIGTERM']);
  });

  it('that dies of a signal makes the guard die of it', async () => {
    const child = start(['rpc']);
    child.stdin?.write('{"id":1,"method":"status"}\n');
    await once(child.stdout ?? child, 'data');
    const own = child.pid ?? 0;
    const inner = readFileSync(`/proc/${String(own)}/task/${String(own)}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    for (const pid of inner) process.kill(pid, 'SIGKILL');
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGKILL');
  });
});

describe('a command that sends', () => {
  it('goes nowhere while there are no rules', async () => {
    expect(await run(['send', '--to', listed, '--text', 'hi'])).toMatchObject({ code: 1, stderr: '' });
    expect(calls()).toEqual([]);
  });

  it('reaches imsg for a listed person, as it was understood', async () => {
    restrict();
    const chat = ['--chat', `iMessage;-;${listed}`];
    const args = ['send-rich', ...chat, '--text', 'a\nb  "c"', '--part', '0'];
    expect(await run([...args, '-j'], '', { exit: 5 })).toMatchObject({ code: 5 });
    expect(await run(['send', '--to', '(555) 123-0001', '--file', 'a.png'])).toMatchObject({ code: 0 });
    expect(calls()).toEqual([
      [...args, '--json'],
      ['send', '--to', listed, '--file', join(root, 'a.png'), '--region', 'US'],
    ]);
  });

  it.each([
    [['send', '--to', stranger, '--text', 'secret', '--json']],
    [['send-attachment', '--chat', `any;-;${stranger}`, '--file', '/etc/passwd', '--json']],
    [['send-rich', '--chat', `any;-;${stranger}`, '--text', 'x', '--json']],
    [['tapback', '--chat', `any;-;${stranger}`, '--message', 'm', '--kind', 'love', '--json']],
    [['react', '--chat-id', '77', '--reaction', 'like', '--json']],
    [['poll', 'send', '--chat', `any;-;${stranger}`, '--question', 'q', '--option', 'a', '--json']],
    [['chat-create', '--addresses', `${listed},${stranger}`, '--text', 'x', '--json']],
    [['chat-add-member', '--chat', `any;-;${listed}`, '--address', stranger, '--json']],
    [['a-command-of-tomorrow', '--to', stranger, '--json']],
    [['send', stranger, 'hi', '--json']],
  ])('%j does not, says why, and is kept for the owner', async (args) => {
    restrict();
    const ended = await run(args);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout.toString())).toEqual({
      success: false,
      stopped_by: 'portcullis',
      error: expect.stringMatching(/^Message stopped by the Portcullis send guard:/) as string,
    });
    expect(ended.stderr).toBe('');
    expect(calls().filter((call) => !['group', 'chats'].includes((call as string[])[0] ?? ''))).toEqual([]);
    const { sends } = readSpool(files);
    expect(sends).toHaveLength(1);
    expect(sends[0]?.cause.process).toContain(String(process.pid));
  });

  it('asks imsg who is in a chat it only knows by number', async () => {
    restrict();
    const group = { id: 4, guid: `iMessage;-;${listed}`, participants: [listed] };
    expect(await run(['send', '--chat-id', '4', '--text', 'hi'], '', { group })).toMatchObject({ code: 0 });
    expect(calls()).toEqual([
      ['group', '--chat-id', '4', '--json'],
      ['send', '--chat-id', '4', '--text', 'hi', '--region', 'US'],
    ]);
  });

  it('is told in one line on standard output, as imsg tells it', async () => {
    restrict();
    const ended = await run(['send', '--to', stranger, '--text', 'secret']);
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout.toString()).toMatch(
      /^error: Message stopped by the Portcullis send guard:[^\n]+\n$/u,
    );
  });

  it('gives imsg an environment no caller chose', async () => {
    restrict();
    const chosen = {
      HOME: '/evil',
      DYLD_INSERT_LIBRARIES: '/evil',
      NODE_OPTIONS: '--bad',
      IMSG_X: '1',
      LANG: 'C',
    };
    const child = start(['send', '--to', listed, '--text', 'hi'], chosen);
    child.stdin?.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
    const { HOME, PATH, LANG, cwd, ...others } = JSON.parse(
      readFileSync(join(root, 'environment.json'), 'utf8'),
    ) as Record<string, string>;
    expect({ HOME, LANG, cwd }).toEqual({ HOME: join(root, 'state'), LANG: 'C', cwd: '/' });
    expect(PATH?.split(':')).toContain('/usr/bin');
    expect(Object.keys(others).sort()).toEqual(['ECHO_IMSG_DIR', 'LOGNAME', 'PWD', 'USER']);
  });
});

describe('the long-running rpc', () => {
  it('carries what it understood and let through, and ends as imsg ends', async () => {
    restrict();
    const passing = [
      { jsonrpc: '2.0', id: 1, method: 'chats.list', params: { limit: 1 } },
      {
        jsonrpc: '2.0',
        id: 2,
        method: 'send',
        params: { to: listed, text: 'ünï', service: 'auto', region: 'US' },
      },
    ];
    const secret = { jsonrpc: '2.0', id: 3, method: 'send', params: { to: stranger, text: 'secret' } };
    const input = [passing[0], secret, passing[1]].map(line).join('');
    const ended = await run(['rpc', '--json'], `${input}  not json \u0000 at all\n`, { exit: 4 });
    expect(received().toString()).toBe(passing.map(line).join(''));
    expect(ended.code).toBe(4);
    const answers = ended.stdout
      .toString()
      .split('\n')
      .filter((text) => text.includes('stopped_by'));
    expect(answers.map((text): unknown => JSON.parse(text))).toMatchObject([
      { id: 3, error: { data: { stopped_by: 'portcullis', retry_safe: false } } },
    ]);
  });
});

describe('the self-test', () => {
  it.each(['without rules', 'with rules'])(
    'is refused %s, as a command and in rpc, and leaves no trace',
    async (rules) => {
      if (rules === 'with rules') restrict();
      const ended = await run(['send', '--to', selfTestAddress, '--text', 'test', '--json']);
      expect(ended.code).toBe(1);
      expect(JSON.parse(ended.stdout.toString())).toEqual({
        success: false,
        error: expect.stringMatching(/^Message stopped by the Portcullis send guard:/) as string,
        stopped_by: 'portcullis',
      });
      const params = { to: selfTestAddress, text: 'test' };
      const answered = await run(['rpc', '--json'], line({ jsonrpc: '2.0', id: 1, method: 'send', params }));
      expect(JSON.parse(answered.stdout.toString())).toMatchObject({
        id: 1,
        error: { code: -32090, data: { stopped_by: 'portcullis' } },
      });
      expect([calls(), received().length, readSpool(files).sends]).toEqual([[['rpc', '--json']], 0, []]);
    },
  );
});

describe('a guard that is not whole', () => {
  it('sends nothing without its configuration', async () => {
    rmSync(join(guard, '..', 'imsg-guard.json'));
    const ended = await run(['send', '--to', listed, '--text', 'hi']);
    expect([ended.code, ended.stderr, calls()]).toEqual([1, '', []]);
    expect(ended.stdout.toString()).toContain('nothing is sent');
  });

  it('says so when the real imsg is gone', async () => {
    rmSync(join(root, 'imsg'));
    const ended = await run(['status', '--json']);
    expect([ended.code, ended.stderr]).toEqual([127, expect.stringContaining('cannot be started')]);
  });
});
