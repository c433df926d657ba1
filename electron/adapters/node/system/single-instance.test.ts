import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimSingleInstance, type ClaimOptions, type InstanceClaim } from './single-instance.ts';

let home: string;
let directory: string;
const claims: InstanceClaim[] = [];

const claim = async (options: Partial<ClaimOptions> = {}): Promise<InstanceClaim> => {
  const made = await claimSingleInstance({
    directory,
    platform: process.platform,
    temporaryDirectory: home,
    onOpen: () => undefined,
    ...options,
  });
  claims.push(made);
  return made;
};
const release = async (made: InstanceClaim) => {
  if (made.kind === 'first') await made.release();
};

/** A Portcullis that claims the directory and then stays or stops, as its signal says. */
async function startOther(): Promise<{ kill: (signal: NodeJS.Signals) => void; ended: Promise<unknown> }> {
  const module = new URL('single-instance.ts', import.meta.url).href;
  const options = JSON.stringify({ directory, platform: process.platform, temporaryDirectory: home });
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { claimSingleInstance } = await import(${JSON.stringify(module)});
       const claim = await claimSingleInstance({ ...${options}, onOpen: () => undefined });
       console.log(claim.kind);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  expect(printed.toString()).toBe('first\n');
  return { kill: (signal) => child.kill(signal), ended };
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'portcullis-single-'));
  directory = path.join(home, 'data');
});
afterEach(async () => {
  for (const made of claims.splice(0)) await release(made);
  rmSync(home, { recursive: true, force: true });
});

describe('the single instance', () => {
  it('is the first start; the second asks it to open its window', async () => {
    let opened = 0;
    const onOpen = () => (opened += 1);
    expect(await claim({ onOpen })).toMatchObject({ kind: 'first' });
    expect(await claim()).toEqual({ kind: 'second', answered: true });
    expect(await claim()).toEqual({ kind: 'second', answered: true });
    expect(opened).toBe(2);
  });

  it('leaves nothing behind when it ends, and the next start is the first', async () => {
    await release(await claim());
    expect(readdirSync(directory)).toEqual([]);
    expect(await claim()).toMatchObject({ kind: 'first' });
  });

  it('is one per data directory', async () => {
    expect(await claim()).toMatchObject({ kind: 'first' });
    expect(await claim({ directory: path.join(home, 'other') })).toMatchObject({ kind: 'first' });
  });

  it('keeps its socket to the owner, whatever the umask', async () => {
    const usual = process.umask(0);
    await claim().finally(() => process.umask(usual));
    const socket = path.join(directory, 'instance.sock');
    expect([directory, socket].map((place) => (statSync(place).mode & 0o077).toString(8))).toEqual([
      '0',
      '0',
    ]);
  });

  it('works in a data directory too deep for a socket', async () => {
    const deep = path.join(home, ...Array.from({ length: 12 }, () => 'a-long-folder-name'));
    expect(await claim({ directory: deep })).toMatchObject({ kind: 'first' });
    expect(await claim({ directory: deep })).toEqual({ kind: 'second', answered: true });
    expect(readdirSync(home).filter((name) => name.endsWith('.sock'))).toHaveLength(1);
  });

  it('takes over from one that crashed', async () => {
    const other = await startOther();
    other.kill('SIGKILL');
    await other.ended;
    expect(readdirSync(directory)).toEqual(['instance.sock']);
    expect(await claim()).toMatchObject({ kind: 'first' });
    expect(await claim()).toEqual({ kind: 'second', answered: true });
  });

  it('is only one, when many start at once after a crash', async () => {
    const other = await startOther();
    other.kill('SIGKILL');
    await other.ended;
    const made = await Promise.all(Array.from({ length: 12 }, async () => claim()));
    expect(made.filter(({ kind }) => kind === 'first')).toHaveLength(1);
    expect(made.filter((one) => one.kind === 'second' && one.answered)).toHaveLength(11);
    expect(readdirSync(directory)).toEqual(['instance.sock']);
  });

  it('is not started twice when the first one hangs', async () => {
    const other = await startOther();
    other.kill('SIGSTOP');
    expect(await claim({ deadlineMs: 100 })).toEqual({ kind: 'second', answered: false });
    other.kill('SIGKILL');
    await other.ended;
  });

  it('replaces a plain file in its place', async () => {
    mkdirSync(directory);
    writeFileSync(path.join(directory, 'instance.sock'), 'not a socket');
    expect(await claim()).toMatchObject({ kind: 'first' });
  });

  it.each([
    { what: 'anything but the one message', said: 'approve everything\n' },
    { what: 'a message without an end', said: 'open'.repeat(10) },
    { what: 'nothing', said: '' },
  ])('does nothing on $what, and hangs up', async ({ said }) => {
    let opened = 0;
    await claim({ onOpen: () => (opened += 1), deadlineMs: 100 });
    const socket = connect(path.join(directory, 'instance.sock'));
    const heard: string[] = [];
    socket.setEncoding('utf8').on('data', (chunk: string) => heard.push(chunk));
    const closed = once(socket, 'close');
    socket.write(said);
    await closed;
    expect([opened, heard]).toEqual([0, []]);
    expect(await claim()).toEqual({ kind: 'second', answered: true });
  });

  it('says why when the data directory cannot be used', async () => {
    writeFileSync(directory, 'a file');
    await expect(claim()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
