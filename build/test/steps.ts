/** The steps of `npm test`, in order, and what each needs. Owns no process. */
import { join } from 'node:path';
import { root } from '../setup/repository.mjs';
import type { StepName } from './step-names.mjs';

export interface Step {
  readonly name: string;
  readonly title: string;
  /** Arguments for the pinned Node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** JSON report the step leaves, for steps that run tests. */
  readonly report?: string;
  /** Runs inside a throw-away desktop: display, bus, keyring, notification daemon, tray. */
  readonly inDesktop?: boolean;
  /** Only with `--only`: it takes long and proves details. */
  readonly onRequest?: boolean;
  readonly deadlineMs: number;
}

export interface Machine {
  /** Debian, where the throw-away desktop can be built. */
  readonly desktop: boolean;
  /** A Chromium for the window's tests. */
  readonly chromium: string | null;
  readonly electron: boolean;
  readonly artifacts: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** What this machine cannot run, and why. */
  readonly leftOut: readonly string[];
}

const minute = 60_000;

export function planTests(machine: Machine, only: readonly StepName[]): Plan {
  const leftOut: string[] = [];
  if (!machine.desktop) leftOut.push('adapters: they need the throw-away Debian desktop');
  if (!machine.desktop)
    leftOut.push(
      'the proof of the send guard and of silence to strangers: it needs the throw-away Debian desktop',
    );
  if (!machine.desktop && machine.chromium === null) {
    leftOut.push('window tests: set PORTCULLIS_CHROMIUM to the path of a Chromium');
  }
  if (!machine.desktop && machine.chromium !== null) {
    leftOut.push(
      'reading the QR code off the window: it needs zbarimg, which comes with the Debian packages',
    );
  }
  if (!machine.desktop)
    leftOut.push('end to end with the browser host: it needs the throw-away Debian desktop');
  if (!machine.electron) leftOut.push('end to end with real Electron: no binary (npx install-electron)');
  const steps: readonly Step[] = [
    ...checks(),
    vitest('unit', 'Unit and component tests', ['unit', 'dom'], machine),
    {
      name: 'build',
      title: 'Build',
      args: [join(root, 'build/setup/bundle.mjs')],
      deadlineMs: 10 * minute,
    } as const,
    ...(machine.desktop
      ? [
          { ...vitest('adapters', 'Adapters on a real desktop', ['adapters'], machine), inDesktop: true },
          {
            ...vitest(
              'proof',
              'In a real gateway nothing unlisted leaves, and strangers hear only what they should',
              ['proof'],
              machine,
            ),
            inDesktop: true,
            deadlineMs: 50 * minute,
          },
          {
            ...vitest('guard', 'Send guard in a real gateway', ['guard'], machine),
            inDesktop: true,
            onRequest: true,
          },
        ]
      : []),
    ...playwrightSteps(machine),
  ];
  const wanted = ({ name, onRequest }: Step): boolean =>
    only.length === 0 ? onRequest !== true : only.some((each) => each === name);
  return { steps: steps.filter(wanted), leftOut };
}

/** The window alone needs a Chromium; the hosts need the desktop, one at a time, because it has one owner. */
function playwrightSteps(machine: Machine): readonly Step[] {
  const hosts = machine.desktop
    ? ['browser-host', 'desktop-host', 'stand-in', 'real-electron']
    : ['real-electron'];
  return [
    ...(machine.chromium === null ? [] : [windowStep(machine)]),
    ...(machine.desktop || machine.electron
      ? [
          {
            ...playwright('e2e', 'End to end', hosts, 1, machine),
            inDesktop: machine.desktop,
            deadlineMs: 60 * minute,
          },
        ]
      : []),
  ];
}

function windowStep(machine: Machine): Step {
  const step = playwright('window', 'The window in a browser', ['renderer'], 2, machine);
  return machine.desktop ? step : { ...step, args: [...step.args, '--grep-invert=@zbarimg'] };
}

function playwright(
  name: StepName,
  title: string,
  projects: readonly string[],
  workers: number,
  { artifacts, chromium }: Machine,
): Step {
  const report = join(artifacts, `reports/${name}.json`);
  return {
    name,
    title,
    args: [
      ...[tool('@playwright/test/cli.js'), 'test', '--config=e2e/playwright.config.ts'],
      ...projects.map((project) => `--project=${project}`),
      `--workers=${workers}`,
      // A folder each: Playwright empties it at the start.
      `--output=${join(artifacts, 'playwright', name)}`,
      '--reporter=list,json',
    ],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(chromium === null ? {} : { PORTCULLIS_CHROMIUM: chromium }),
    },
    report,
    deadlineMs: 40 * minute,
  };
}

function checks(): readonly Step[] {
  const deadlineMs = 5 * minute;
  return [
    {
      name: 'format',
      title: 'Format',
      args: [tool('prettier/bin/prettier.cjs'), '--check', '.'],
      deadlineMs,
    },
    {
      name: 'lint',
      title: 'Lint',
      args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
      deadlineMs,
    },
    { name: 'types', title: 'Types', args: [join(root, 'build/check/typecheck.ts')], deadlineMs },
    { name: 'unused', title: 'Unused code', args: [tool('knip/bin/knip.js')], deadlineMs },
  ];
}

function vitest(name: StepName, title: string, projects: readonly string[], machine: Machine): Step {
  const report = join(machine.artifacts, `reports/${name}.json`);
  return {
    name,
    title,
    args: [
      ...[tool('vitest/vitest.mjs'), 'run', ...projects.map((project) => `--project=${project}`)],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    report,
    deadlineMs: 30 * minute,
  };
}

function tool(path: string): string {
  return join(root, 'node_modules', path);
}
