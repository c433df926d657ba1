import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStep, type Runnable, type RunOptions } from './run-step.ts';

/** Each starts Node, on a machine that may be busy. */
const timeout = 60_000;

describe('a step', { timeout }, () => {
  let folder: string;
  let stop: AbortController;
  let options: RunOptions;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-step-'));
    stop = new AbortController();
    options = { log: join(folder, 'step.log'), env: {}, signal: stop.signal };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const step = (script: string, more: Partial<Runnable> = {}): Runnable => ({
    commands: [['-e', script]],
    deadlineMs: 60_000,
    ...more,
  });

  it('that is stopped takes what it started down with it', async () => {
    let said = '';
    const child =
      'const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))';
    const result = await runStep(
      step(`require('child_process').spawn(process.execPath, ['-e', '${child}'], { stdio: 'inherit' })`),
      {
        ...options,
        onOutput: (chunk) => {
          said += chunk.toString();
          stop.abort();
        },
      },
    );
    expect(result.tally.failed).toBe(1);
    expect(result.timedOut).toBe(false);
    const port = Number(said);
    expect(port).toBeGreaterThan(0);
    await expect.poll(() => isOpen(port), { timeout: timeout * 0.9 }).toBe(false);
  });

  it('is never judged by the report of an earlier run', async () => {
    const report = join(folder, 'report.json');
    await writeFile(report, JSON.stringify({ testResults: [] }));
    const { tally } = await runStep(step('', { report, mayBeEmpty: true }), options);
    expect(tally).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it.runIf(process.platform === 'linux')('tells its processor time, also of what it waited for', async () => {
    const busy = 'const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end);';
    const { cpuSeconds } = await runStep(
      step(`require('child_process').spawnSync(process.execPath, ['-e', '${busy}'])`),
      options,
    );
    expect(cpuSeconds).toBeGreaterThanOrEqual(0.1);
  });

  it('is over at its deadline, and says so in its log', async () => {
    const result = await runStep(step('setInterval(() => {}, 1000)', { deadlineMs: 1 }), options);
    expect(result.timedOut).toBe(true);
    expect(await readFile(options.log, 'utf8')).toContain('stopped.');
  });
});

/** Whether somebody listens there; an ended process may still be listed when nobody waited for it. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
