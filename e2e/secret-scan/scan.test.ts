import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanForSecrets } from './scan.ts';

const token = 'k7Qz1-Vb9_tR3xYw8LmN2pHc5sDf0GjA';
const password = 'p&ss "wörd"\\/ +?';

let root: string;
const started: ChildProcess[] = [];

function put(name: string, content: string | Buffer): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}
const scan = async (processes: readonly number[] = []) =>
  scanForSecrets({ secrets: [token, password], roots: [root], processes });

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'portcullis-scan-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(root, { recursive: true, force: true });
});

describe('the secret scan', () => {
  it('finds nothing where nothing is, and says how much it read', async () => {
    put('settings.json', '{"theme":"dark"}');
    put('logs/portcullis.log', `${token.slice(0, -1)} ${token.slice(1)}`);
    expect(await scan()).toEqual({ findings: [], unread: [], read: 2 });
  });

  it.each([
    { form: 'raw', secret: 0, content: `x${token}y` },
    { form: 'UTF-16', secret: 0, content: Buffer.from(`x${token}`, 'utf16le') },
    { form: 'hex', secret: 0, content: Buffer.from(token).toString('hex') },
    { form: 'base64', secret: 0, content: Buffer.from(token).toString('base64') },
    { form: 'base64', secret: 0, content: Buffer.from(`{"token":"${token}"}`).toString('base64') },
    { form: 'base64', secret: 0, content: Buffer.from(`u:${token}@`).toString('base64') },
    { form: 'base64', secret: 0, content: Buffer.from(`x${token}`).toString('base64') },
    { form: 'URL-encoded', secret: 1, content: `?p=${encodeURIComponent(password)}&x` },
    { form: 'form-encoded', secret: 1, content: new URLSearchParams({ a: '1', p: password }).toString() },
    { form: 'JSON-escaped', secret: 1, content: JSON.stringify({ password }) },
    {
      form: 'JSON-escaped twice',
      secret: 1,
      content: JSON.stringify({ line: JSON.stringify({ password }) }),
    },
  ])('finds a secret as $form', async ({ form, secret, content }) => {
    const where = put('deep/er/file', content);
    expect((await scan()).findings).toEqual([{ where, secret, form }]);
  });

  it('finds a secret in base64 for URLs', async () => {
    const special = '>>>???>>>???';
    const where = put('a', `x.${Buffer.from(special).toString('base64url')}.y`);
    const { findings } = await scanForSecrets({ secrets: [special], roots: [root] });
    expect(findings).toContainEqual({ where, secret: 0, form: 'base64url' });
  });

  it('finds a secret in the name of a file', async () => {
    const where = put(`${token}.txt`, '');
    expect((await scan()).findings).toEqual([{ where: `name of ${where}`, secret: 0, form: 'raw' }]);
  });

  it('finds a secret across the pieces a large file is read in', async () => {
    const where = put('large', `${'x'.repeat(64 * 1024 - 10)}${token}${'x'.repeat(100_000)}`);
    expect((await scan()).findings).toEqual([{ where, secret: 0, form: 'raw' }]);
  });

  it.runIf(process.platform === 'linux')(
    'finds a secret in the arguments or the environment of a process and of what it started',
    async () => {
      const inner = `setInterval(() => {}, 1000); console.log(process.pid)`;
      const outer = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}, '--', process.env.ARGUMENT],
        { stdio: 'inherit', env: {} });`;
      const child = spawn(process.execPath, ['-e', outer], {
        env: { ARGUMENT: token },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      started.push(child);
      const [printed] = (await once(child.stdout, 'data')) as [Buffer];
      const innerPid = Number(printed.toString());
      expect(child.pid).toBeGreaterThan(0);
      const result = await scan([child.pid ?? 0]);
      process.kill(innerPid, 'SIGKILL');
      expect(result.findings).toEqual([
        { where: `environment of ${String(child.pid)}`, secret: 0, form: 'raw' },
        { where: `arguments of ${String(innerPid)}`, secret: 0, form: 'raw' },
      ]);
      expect(result).toMatchObject({ unread: [], read: 4 });
    },
  );

  it('names what it cannot look into instead of passing over it', async () => {
    const trace = put('trace.gz', gzipSync(token));
    symlinkSync('/nonexistent', path.join(root, 'link'));
    const gone = 2 ** 22 + 1;
    expect(await scan([gone])).toEqual({
      findings: [],
      unread: [trace, `arguments of ${String(gone)}`, `environment of ${String(gone)}`],
      read: 0,
    });
  });

  it('never repeats a secret in what it reports', async () => {
    put('a', `${token} ${password}`);
    const { findings } = await scan();
    expect(findings).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain(token);
  });

  it('refuses to scan for next to nothing, or nowhere', async () => {
    await expect(scanForSecrets({ secrets: ['abc'], roots: [root] })).rejects.toThrow(RangeError);
    await expect(scanForSecrets({ secrets: [token], roots: [path.join(root, 'no')] })).rejects.toThrow(
      'ENOENT',
    );
  });
});
