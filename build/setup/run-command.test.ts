import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.mjs';

const minute = 60_000;
const waitsForEver = ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'];

describe('a set-up command', () => {
  it('hands over every line of both streams', async () => {
    const lines: string[] = [];
    await runCommand(process.execPath, ['-e', 'console.log("one\\ntwo"); console.error("three")'], {
      onLine: (line) => lines.push(line),
      deadlineMs: minute,
    });
    expect(lines.sort()).toEqual(['one', 'three', 'two']);
  });

  it('fails with its exit code and its last words', async () => {
    const run = runCommand(process.execPath, ['-e', 'console.error("disk full"); process.exit(3)'], {
      deadlineMs: minute,
    });
    await expect(run).rejects.toThrow(/exit code 3\ndisk full$/);
  });

  it('fails when there is no such program', async () => {
    await expect(runCommand('/nowhere/tool', [], { deadlineMs: minute })).rejects.toThrow(/ENOENT/);
  });

  it('is ended at its deadline', async () => {
    const run = runCommand(process.execPath, waitsForEver, { deadlineMs: 1 });
    await expect(run).rejects.toThrow(/gave up after 0.001 s/);
  });

  it('is ended when it is told to', async () => {
    const stop = new AbortController();
    const run = runCommand(process.execPath, waitsForEver, {
      onLine: () => {
        stop.abort('nothing arrived');
      },
      signal: stop.signal,
      deadlineMs: minute,
    });
    await expect(run).rejects.toThrow(/nothing arrived/);
  });
});
