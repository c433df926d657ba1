import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';

it.runIf(process.platform === 'linux')('keeps the compiled code to the owner, whatever the umask', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'portcullis-cache-'));
  const module = new URL('compile-cache.ts', import.meta.url).href;
  // A process of its own: what is compiled from there on is kept, for as long as it runs.
  const program = `process.umask(0);
    const { useCompileCache } = await import(${JSON.stringify(module)});
    useCompileCache();
    console.log(process.umask());`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { HOME: home, XDG_DATA_HOME: home },
    encoding: 'utf8',
  });
  expect(printed).toBe('0\n');

  const made = readdirSync(home, { recursive: true, encoding: 'utf8' });
  const open = made.filter((name) => (statSync(path.join(home, name)).mode & 0o077) !== 0);
  expect(made.some((name) => path.basename(path.dirname(name)) === 'code')).toBe(true);
  expect(open).toEqual([]);
  rmSync(home, { recursive: true });
});
