import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../setup/repository.mjs';
import { Screen } from './screen.ts';
import type { Run } from './selection.mjs';
import type { Step } from './step.ts';
import { runSuite } from './suite.ts';
import type { Tally } from './tally.ts';

const minute = 60_000;
const run: Run = {
  ...{ name: 'trial', steps: [], tier: 'default', asked: false, warm: false, limitMinutes: 5 },
};

/** A step that runs this JavaScript. */
function step(name: string, script: string, more: Partial<Step> = {}): Step {
  return {
    ...{ name, title: `The ${name}`, after: [], workers: 1, guessSeconds: 1, deadlineMs: minute },
    commands: [['-e', script]],
    ...more,
  };
}

/** Each starts Node, once or twice, on a machine that may be busy. */
const timeout = 60_000;

describe('a run', { timeout }, () => {
  let folder: string;
  let written: string;
  let stop: AbortController;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-suite-'));
    written = '';
    stop = new AbortController();
  });
  afterEach(() => rm(folder, { recursive: true }));

  function suite(steps: readonly Step[], cannotRun: readonly string[] = []): Promise<Tally> {
    const screen = new Screen({ write: (text) => (written += text) });
    return runSuite(
      run,
      { steps, cannotRun, withoutParts: [] },
      {
        ...{ screen, artifacts: folder, whole: true, signal: stop.signal },
        timesFile: join(folder, 'times.json'),
      },
    );
  }

  it('shows the log of a failed step in whole, of one that passed not at all', async () => {
    const total = await suite([
      step('good', 'console.log("all is " + "well")'),
      step('bad', 'console.log("disk " + "full"); console.error("no " + "room"); process.exit(3)'),
    ]);
    expect(total).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(written).toMatch(/disk full\n[^]*no room|no room\n[^]*disk full/);
    expect(written).not.toContain('all is well');
    expect(await readFile(join(folder, 'logs/good.log'), 'utf8')).toBe('all is well\n');
    expect(written).toMatch(/ok {6}good .*\nFAILED {2}bad .*bad\.log\nFAILED {2}all/);
  });

  it('does not run what waits for a failed step, and counts it as failed', async () => {
    const total = await suite([
      step('build', 'process.exit(1)'),
      step('proof', 'console.log(1)', { after: ['build'] }),
      step('lint', ''),
    ]);
    expect(total).toEqual({ passed: 1, failed: 2, skipped: 0 });
    expect(written).toContain('FAILED The proof: not run: build failed');
  });

  it('ends a step with its first command that fails', async () => {
    await suite([
      step('twice', '', {
        commands: [
          ['-e', 'process.exit(1)'],
          ['-e', 'console.log("on")'],
        ],
      }),
    ]);
    expect(await readFile(join(folder, 'logs/twice.log'), 'utf8')).toBe('');
  });

  it('counts a step that cannot even start as failed', async () => {
    const total = await suite([step('lint', '', { env: { 'a\0b': 'no such name' } })]);
    expect(total).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('stops a step at its deadline', async () => {
    const total = await suite([step('endless', 'setInterval(() => {}, 1000)', { deadlineMs: 1 })]);
    expect(total.failed).toBe(1);
    expect(written).toContain('stopped.');
  });

  it('starts nothing more once it was told to stop, and says so', async () => {
    stop.abort('stopped by SIGINT');
    const total = await suite([step('lint', ''), step('types', '')]);
    expect(total.failed).toBe(2);
    expect(written).toContain('Ended early: stopped by SIGINT.');
    expect(written).not.toContain('start');
  });

  it('remembers how long what passed has taken, and nothing of the rest', async () => {
    await suite([step('good', ''), step('bad', 'process.exit(1)')]);
    const times = JSON.parse(await readFile(join(folder, 'times.json'), 'utf8')) as object;
    expect(times).toEqual({ 'default/good': { seconds: expect.any(Number), tests: 0 } });
  });

  it('names what this machine leaves out', async () => {
    await suite([step('lint', '')], ['The window: no Chromium']);
    expect(written).toContain('Left out on this machine:\n  The window: no Chromium\n');
  });

  it('runs a failed file again for its trace, says where it is, and stays red', async () => {
    const report = join(folder, 'reports/e2e.json');
    const spec = { title: 'fails', file: 'flows/a.spec.ts' };
    const tests = [{ projectName: 'p', status: 'unexpected', results: [{ duration: 1 }] }];
    const content = JSON.stringify({
      config: { rootDir: join(root, 'e2e') },
      suites: [{ title: 'a', specs: [{ ...spec, tests }] }],
    });
    const writes = `require("fs").writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(content)});`;
    const traces = join(folder, 'traces');
    const asked: (readonly string[])[] = [];
    const total = await suite([
      step('e2e', `${writes} process.exit(1)`, {
        report,
        again: (files) => {
          asked.push(files);
          const trace = `require("fs").mkdirSync(${JSON.stringify(traces)}); require("fs").writeFileSync(${JSON.stringify(join(traces, 'trace.zip'))}, "")`;
          return { ...step('e2e', trace), traces };
        },
      }),
    ]);
    expect(asked).toEqual([['e2e/flows/a.spec.ts']]);
    expect(written).toContain(`  ${join(traces, 'trace.zip')}\n`);
    expect(total).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('tells each runner where to report its tests, and of which tier they are', async () => {
    const script = 'console.log(process.env.PORTCULLIS_TEST_PROGRESS, process.env.PORTCULLIS_TIER)';
    await suite([step('unit', script)]);
    expect(await readFile(join(folder, 'logs/unit.log'), 'utf8')).toBe(
      `${join(folder, 'progress/unit.jsonl')} default\n`,
    );
  });
});
