import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../setup/repository.mjs';
import { readReport } from './report.ts';

const vitest = {
  numPassedTests: 1,
  testResults: [
    {
      name: join(root, 'build/a.test.ts'),
      assertionResults: [
        { fullName: 'a works', status: 'passed', duration: 1500 },
        {
          fullName: 'a fails',
          status: 'failed',
          duration: 10,
          failureMessages: ['\u001b[31mnot so\u001b[39m'],
        },
        { fullName: 'a waits', status: 'pending' },
      ],
    },
    { name: join(root, 'build/broken.test.ts'), assertionResults: [] },
  ],
};

const spec = (title: string, status: string) => ({
  ...{ title, file: 'flows/contact.spec.ts' },
  tests: [{ projectName: 'browser-host', status, results: [{ duration: 200 }, { duration: 300 }] }],
});
const playwright = {
  config: { rootDir: join(root, 'e2e') },
  suites: [
    {
      title: 'flows/contact.spec.ts',
      specs: [spec('one', 'expected')],
      suites: [{ title: 'a contact', specs: [spec('two', 'flaky'), spec('three', 'skipped')] }],
    },
  ],
};

describe('a report', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-report-'));
    path = join(folder, 'report.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('of vitest is a list of tests', async () => {
    await writeFile(path, JSON.stringify(vitest));
    const file = 'build/a.test.ts';
    expect(await readReport(path)).toEqual([
      { file, title: 'a works', outcome: 'passed', seconds: 1.5 },
      { file, title: 'a fails', outcome: 'failed', seconds: 0.01, failure: 'not so' },
      { file, title: 'a waits', outcome: 'skipped', seconds: 0 },
    ]);
  });

  it('of Playwright is one, too; passing only when repeated is no passing', async () => {
    await writeFile(path, JSON.stringify(playwright));
    const test = { file: 'e2e/flows/contact.spec.ts', seconds: 0.5 };
    expect(await readReport(path)).toEqual([
      { ...test, title: '[browser-host] one', outcome: 'passed' },
      { ...test, title: '[browser-host] a contact two', outcome: 'failed' },
      { ...test, title: '[browser-host] a contact three', outcome: 'skipped' },
    ]);
  });

  it.each(['', '{', '{"testResults":"5"}', '[]'])('that says %j is no report', async (text) => {
    await writeFile(path, text);
    expect(await readReport(path)).toBeNull();
  });

  it('that is not there is no report', async () => {
    expect(await readReport(path)).toBeNull();
  });
});
