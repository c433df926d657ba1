/** Reads the JSON reports of vitest and Playwright into one shape: every test, where it stands, how it ended. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { root } from '../setup/repository.mjs';
import type { TestOutcome } from './progress-line.ts';

export interface ReportedTest {
  /** Repository-relative, '/'-separated. */
  readonly file: string;
  readonly title: string;
  readonly outcome: TestOutcome;
  readonly seconds: number;
  /** What the runner says of a failure, in plain characters. */
  readonly failure?: string;
}

const vitestStatus = z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']);

const vitestReport = z
  .object({
    testResults: z.array(
      z.object({
        name: z.string(),
        assertionResults: z.array(
          z.object({
            fullName: z.string(),
            status: vitestStatus,
            duration: z.number().nullish(),
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    ),
  })
  .transform(({ testResults }): readonly ReportedTest[] =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, status, duration, failureMessages }) => ({
        file: inRepository(name),
        title: fullName,
        outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
        seconds: (duration ?? 0) / 1000,
        ...failureOf(failureMessages ?? []),
      })),
    ),
  );

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      results: z.array(
        z.object({ duration: z.number(), error: z.object({ message: z.string().optional() }).optional() }),
      ),
    }),
  ),
});

interface PlaywrightSuite {
  readonly title: string;
  readonly specs?: readonly z.infer<typeof playwrightSpec>[] | undefined;
  readonly suites?: readonly PlaywrightSuite[] | undefined;
}

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  title: z.string(),
  specs: z.array(playwrightSpec).optional(),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});

const playwrightReport = z
  .object({ config: z.object({ rootDir: z.string() }), suites: z.array(playwrightSuite) })
  .transform(({ config, suites }): readonly ReportedTest[] =>
    suites.flatMap((suite) => testsOf(suite, config.rootDir, [])),
  );

/** A test that only passed when repeated counts as failed: it will fail again. */
const playwrightOutcome = {
  expected: 'passed',
  unexpected: 'failed',
  flaky: 'failed',
  skipped: 'skipped',
} as const;

function testsOf(suite: PlaywrightSuite, rootDir: string, above: readonly string[]): readonly ReportedTest[] {
  const { specs = [], suites = [] } = suite;
  const inSuite = suites.flatMap((each) => testsOf(each, rootDir, [...above, each.title]));
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      file: inRepository(resolve(rootDir, file)),
      title: [`[${projectName}]`, ...above, title].join(' '),
      outcome: playwrightOutcome[status],
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      ...failureOf(results.flatMap(({ error }) => error?.message ?? [])),
    })),
  );
  return [...own, ...inSuite];
}

function failureOf([first]: readonly string[]): Pick<ReportedTest, 'failure'> {
  return first === undefined ? {} : { failure: stripVTControlCharacters(first) };
}

const report = z.union([vitestReport, playwrightReport]);

/** @returns null when the runner left no readable report */
export async function readReport(path: string): Promise<readonly ReportedTest[] | null> {
  try {
    return report.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

function inRepository(path: string): string {
  return relative(root, path).split(sep).join('/');
}
