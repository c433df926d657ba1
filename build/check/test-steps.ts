/** Finds which steps of `npm test` run a test file, from the settings of the runners themselves. */
import { join, matchesGlob, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { root } from '../setup/repository.mjs';
import { isStepName, select, type StepName } from '../test/selection.mjs';
import { planTests, type Machine } from '../test/steps.ts';

interface TestProject {
  readonly name: string;
  /** Globs, repository-relative. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

const vitestProjects = z
  .object({
    test: z.object({
      projects: z.array(
        z.object({
          test: z.object({
            name: z.string(),
            include: z.array(z.string()),
            exclude: z.array(z.string()).default([]),
          }),
        }),
      ),
    }),
  })
  .transform(({ test }): readonly TestProject[] => test.projects.map((project) => project.test));

const globs = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** What Playwright takes for a test where a project does not say. */
const anySpec = ['**/*.spec.ts'];

const playwrightProjects = z
  .object({
    projects: z.array(
      z.object({
        name: z.string(),
        testDir: z.string().default('.'),
        testMatch: globs.default(anySpec),
        dependencies: z.array(z.string()).default([]),
      }),
    ),
  })
  .transform(({ projects }): readonly TestProject[] =>
    projects.map(({ name, dependencies }) => ({
      name,
      // A project that another one depends on runs with it.
      include: projects
        .filter((each) => each.name === name || dependencies.includes(each.name))
        .flatMap(({ testDir, testMatch }) =>
          testMatch.map((glob) => join('e2e', testDir, glob).split(sep).join('/')),
        ),
      exclude: [],
    })),
  );

const projects = [
  ...vitestProjects.parse(await settingsIn('vitest.config.ts')),
  ...playwrightProjects.parse(await settingsIn('e2e/playwright.config.ts')),
];

/** Not a plain import: it would put the end-to-end tests, which know a page, into the program of the tools. */
async function settingsIn(file: string): Promise<unknown> {
  const loaded = (await import(pathToFileURL(join(root, file)).href)) as { default: unknown };
  return loaded.default;
}

/** Everything a Debian machine with everything on it would run. */
const complete: Machine = {
  ...{ linux: true, debian: true, chromium: '/usr/bin/chromium', scanner: true, electron: true },
  ...{ built: true, changedSince: null, artifacts: join(root, 'artifacts') },
};

/**
 * @param file repository-relative, '/'-separated
 * @returns empty for a file that no step runs
 */
export function stepsRunning(file: string): readonly StepName[] {
  const running = projects
    .filter(({ include, exclude }) => matches(file, include) && !matches(file, exclude))
    .map(({ name }) => name);
  return stepProjects()
    .filter(([, names]) => names.some((name) => running.includes(name)))
    .map(([step]) => step);
}

/** The projects each step hands to its runner. */
function stepProjects(): readonly (readonly [StepName, readonly string[]])[] {
  return select('full', [], 'full').runs.flatMap((run) =>
    planTests(complete, run, []).steps.flatMap(({ name, commands }) => {
      const named = commands
        .flat()
        .filter((arg) => arg.startsWith('--project='))
        .map((arg) => arg.replace('--project=', ''));
      return isStepName(name) ? [[name, named] as const] : [];
    }),
  );
}

function matches(file: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(file, pattern));
}
