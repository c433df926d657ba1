/** How each tool is called by the steps. Owns no process. */
import { join, relative } from 'node:path';
import { root } from '../setup/repository.mjs';
import type { StepName } from './selection.mjs';
import type { Step, TracedStep } from './step.ts';

/** A step without its place in the plan. */
export type Command = Pick<Step, 'commands' | 'env' | 'report' | 'again' | 'mayBeEmpty'>;

export interface Settings {
  readonly artifacts: string;
  /** As the tool understands them; empty: everything. */
  readonly files: readonly string[];
  /** Keep what a check found for the next time. Lint may then miss what a change does to another file's types. */
  readonly warm: boolean;
  readonly chromium: string | null;
}

export function format({ files, warm }: Settings): Command {
  const cache = warm ? ['--cache', '--cache-strategy=content', '--cache-location=.cache/prettier'] : [];
  return node([tool('prettier/bin/prettier.cjs'), '--check', ...cache, ...orAll(files)]);
}

export function lint({ files, warm }: Settings): Command {
  const cache = warm ? ['--cache', '--cache-strategy=content', '--cache-location=.cache/eslint/'] : [];
  return node([tool('eslint/bin/eslint.js'), '--max-warnings=0', ...cache, ...orAll(files)]);
}

export function types(): Command {
  return node([join(root, 'build/check/typecheck.ts')]);
}

/** Once with the tests, once as it ships: what only a test still uses is dead, too. */
export function unused(): Command {
  const knip = tool('knip/bin/knip.js');
  return node([knip], [knip, '--production']);
}

export function build(): Command {
  return node([join(root, 'build/setup/bundle.mjs')]);
}

export function openClaw(): Command {
  return node([join(root, 'build/test/install-openclaw.ts')]);
}

/** @param since commit the change started at; null: this is no git checkout, so everything counts as changed */
export function changed(settings: Settings, since: string | null): Command {
  const which = since === null ? [] : [`--changed=${since}`, '--passWithNoTests'];
  const { commands, ...rest } = vitest('changed', ['unit', 'dom'], settings);
  return { ...rest, commands: commands.map((each) => [...each, ...which]), mayBeEmpty: since !== null };
}

export function vitest(
  name: StepName,
  projects: readonly string[],
  { artifacts, files }: Settings,
): Command & { readonly report: string } {
  const report = join(artifacts, `reports/${name}.json`);
  return {
    ...node([
      ...[tool('vitest/vitest.mjs'), 'run', ...projects.map((project) => `--project=${project}`)],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...[`--reporter=${join(root, 'build/test/vitest-progress.ts')}`, ...files],
    ]),
    report,
  };
}

export function playwright(
  name: StepName,
  projects: readonly string[],
  settings: Settings,
  options: { readonly workers: number; readonly grepInvert?: string; readonly traced?: boolean },
): Command & { readonly report: string } {
  const { artifacts, files, chromium } = settings;
  const { workers, grepInvert, traced = false } = options;
  const report = join(artifacts, `reports/${name}${traced ? '-traced' : ''}.json`);
  return {
    ...node([
      ...[tool('@playwright/test/cli.js'), 'test', '--config=e2e/playwright.config.ts'],
      ...projects.map((project) => `--project=${project}`),
      `--workers=${workers}`,
      // A folder each: Playwright empties it at the start.
      `--output=${tracesOf(name, settings, traced)}`,
      `--reporter=list,json,${join(root, 'build/test/playwright-progress.ts')}`,
      ...(grepInvert === undefined ? [] : [`--grep-invert=${grepInvert}`]),
      ...files,
    ]),
    env: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(chromium === null ? {} : { PORTCULLIS_CHROMIUM: chromium }),
      ...(traced ? { PORTCULLIS_TRACE: '1' } : {}),
    },
    report,
  };
}

/** A Playwright step that can be run again for a trace of the files that failed. */
export function traceable(
  step: Step,
  name: StepName,
  settings: Settings,
  call: (settings: Settings, traced: boolean) => Command,
): Step {
  const again = (files: readonly string[]): TracedStep => ({
    ...step,
    ...call({ ...settings, files: files.map(asPattern) }, true),
    traces: tracesOf(name, settings, true),
  });
  return { ...step, ...call(settings, false), again };
}

function tracesOf(name: StepName, { artifacts }: Settings, traced: boolean): string {
  return join(artifacts, 'playwright', traced ? `${name}-traced` : name);
}

/** Playwright takes a file for a regular expression. */
function asPattern(file: string): string {
  return `${relative('e2e', file).split('\\').join('/').replaceAll('.', '\\.')}$`;
}

function orAll(files: readonly string[]): readonly string[] {
  return files.length > 0 ? files : ['.'];
}

function node(...commands: readonly (readonly string[])[]): Pick<Command, 'commands'> {
  return { commands };
}

function tool(path: string): string {
  return join(root, 'node_modules', path);
}
