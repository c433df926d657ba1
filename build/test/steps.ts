/** Plans a run: its steps with their needs met, and what this machine cannot run. Owns no process. */
import type { Need } from '../setup/needs.mjs';
import * as call from './commands.ts';
import { needsOf, type Run, type StepName, type Tier } from './selection.mjs';
import type { Step } from './step.ts';

export interface Machine {
  readonly linux: boolean;
  /** Debian, where the throw-away desktop can be built. */
  readonly debian: boolean;
  /** A Chromium for the window's tests. */
  readonly chromium: string | null;
  /** `zbarimg`, which reads a QR code off the window. */
  readonly scanner: boolean;
  readonly electron: boolean;
  /** dist/ is what the sources say. */
  readonly built: boolean;
  /** Commit that the checked-out change started at; null outside a git checkout. */
  readonly changedSince: string | null;
  readonly artifacts: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Steps this machine cannot run, and why. */
  readonly cannotRun: readonly string[];
  /** What steps that do run have to do without. */
  readonly withoutParts: readonly string[];
}

interface Outline {
  readonly title: string;
  readonly workers: 1 | 2;
  readonly inDesktop?: boolean;
  /** In the default tier, on two quiet cores, beside another step. */
  readonly guessSeconds: number;
  readonly deadlineMinutes: Readonly<Record<Tier, number>>;
}

const checks = { workers: 1, deadlineMinutes: { default: 15, full: 15 } } as const;
const desktop = { workers: 1, inDesktop: true } as const;
/** The full tier does the same on both hosts, and more often. */
const fullTakes = 2.5;

const outlines: Readonly<Record<StepName | 'openclaw', Outline>> = {
  openclaw: { ...checks, title: 'OpenClaw', guessSeconds: 2 },
  format: { ...checks, title: 'Format', guessSeconds: 20 },
  lint: { ...checks, title: 'Lint', guessSeconds: 65 },
  types: { ...checks, title: 'Types', guessSeconds: 30 },
  unused: { ...checks, title: 'Unused code', guessSeconds: 8 },
  changed: { ...checks, title: 'Unit tests the change touches', workers: 2, guessSeconds: 25 },
  unit: { ...checks, title: 'Unit and component tests', workers: 2, guessSeconds: 90 },
  build: { ...checks, title: 'Build', guessSeconds: 6 },
  adapters: {
    ...{ title: 'Adapters on a real desktop', workers: 2, inDesktop: true, guessSeconds: 200 },
    deadlineMinutes: { default: 20, full: 30 },
  },
  proof: {
    title: 'In a real gateway nothing unlisted leaves, and strangers hear only what they should',
    ...{ workers: 2, guessSeconds: 400, deadlineMinutes: { default: 30, full: 60 } },
  },
  guard: {
    title: 'Send guard in a real gateway',
    ...{ workers: 1, guessSeconds: 350, deadlineMinutes: { default: 60, full: 60 } },
  },
  window: {
    title: 'The window in a browser',
    ...{ workers: 2, guessSeconds: 150, deadlineMinutes: { default: 20, full: 30 } },
  },
  'e2e-browser': {
    ...{ ...desktop, title: 'End to end, browser host', guessSeconds: 450 },
    deadlineMinutes: { default: 35, full: 70 },
  },
  'e2e-desktop': {
    ...{ ...desktop, title: 'End to end, desktop host', guessSeconds: 350 },
    deadlineMinutes: { default: 35, full: 70 },
  },
};

/** @param files only these; `run` then has the steps that take them */
export function planTests(machine: Machine, run: Run, files: readonly string[]): Plan {
  const settings: call.Settings = {
    artifacts: machine.artifacts,
    files,
    warm: run.warm,
    chromium: machine.chromium,
  };
  const cannotRun: string[] = [];
  const withoutParts: string[] = [];
  const steps = run.steps.flatMap((name): readonly Step[] => {
    const step = outlined(name, run.tier);
    const electronAlone = name === 'e2e-desktop' && !machine.debian && machine.electron;
    const obstacle = electronAlone ? null : obstacleTo(name, machine);
    if (obstacle !== null) {
      cannotRun.push(`${step.title}: ${obstacle}`);
      return [];
    }
    withoutParts.push(...missingParts(name, machine));
    return [commanded(step, name, machine, settings)];
  });
  // One name can be several steps, and a file may be in only one of them.
  const spread = files.length > 0 && steps.length > 1;
  return {
    steps: [...preparations(steps, run, machine), ...steps].map((step) =>
      spread ? { ...step, mayBeEmpty: true } : step,
    ),
    cannotRun,
    withoutParts,
  };
}

function outlined(name: StepName | 'openclaw', tier: Tier): Omit<Step, 'commands'> {
  const { deadlineMinutes, guessSeconds, ...outline } = outlines[name];
  const needs = name === 'openclaw' ? [] : needsOf([name]);
  return {
    ...outline,
    name,
    after: (['build', 'openclaw'] as const).filter((need) => needs.includes(need)),
    guessSeconds: tier === 'full' ? guessSeconds * fullTakes : guessSeconds,
    deadlineMs: deadlineMinutes[tier] * 60_000,
  };
}

/** What the chosen steps wait for and the run does not name. */
function preparations(steps: readonly Step[], run: Run, machine: Machine): readonly Step[] {
  const awaited = new Set(steps.flatMap(({ after }) => after));
  const builds = awaited.has('build') && !run.steps.includes('build') && !machine.built;
  return [
    ...(builds ? [{ ...outlined('build', run.tier), ...call.build() }] : []),
    ...(awaited.has('openclaw') ? [{ ...outlined('openclaw', run.tier), ...call.openClaw() }] : []),
  ];
}

const obstacles: Readonly<Record<Need, (machine: Machine) => string | null>> = {
  desktop: ({ debian }) => (debian ? null : 'it needs the throw-away Debian desktop'),
  chromium: ({ chromium }) =>
    chromium === null ? 'set PORTCULLIS_CHROMIUM to the path of a Chromium' : null,
  linux: ({ linux }) => (linux ? null : 'it was made for Linux only'),
  keychain: () => null,
  build: () => null,
  openclaw: () => null,
};

function obstacleTo(name: StepName, machine: Machine): string | null {
  const found = needsOf([name]).flatMap((need) => obstacles[need](machine) ?? []);
  return found[0] ?? null;
}

/** What a step that does run has to do without. */
function missingParts(name: StepName, { debian, electron, scanner }: Machine): readonly string[] {
  if (name === 'window' && !scanner)
    return ['Reading the QR code off the window: zbarimg is missing (Debian: zbar-tools)'];
  if (name !== 'e2e-desktop') return [];
  return [
    ...(debian ? [] : ['The desktop host under the stand-in: it needs the throw-away Debian desktop']),
    ...(electron ? [] : ['The desktop host on real Electron: no binary (npx install-electron)']),
  ];
}

function commanded(
  step: Omit<Step, 'commands'>,
  name: StepName,
  machine: Machine,
  settings: call.Settings,
): Step {
  const vitest = (...projects: readonly string[]): Step => ({
    ...step,
    ...call.vitest(name, projects, settings),
  });
  const playwright = (projects: readonly string[], grepInvert?: string): Step =>
    call.traceable({ ...step, commands: [] }, name, settings, (which, traced) =>
      call.playwright(name, projects, which, {
        ...{ workers: step.workers, traced },
        ...(grepInvert === undefined ? {} : { grepInvert }),
      }),
    );
  switch (name) {
    case 'format':
      return { ...step, ...call.format(settings) };
    case 'lint':
      return { ...step, ...call.lint(settings) };
    case 'types':
      return { ...step, ...call.types() };
    case 'unused':
      return { ...step, ...call.unused() };
    case 'build':
      return { ...step, ...call.build() };
    case 'changed':
      return { ...step, ...call.changed(settings, machine.changedSince) };
    case 'unit':
      return vitest('unit', 'dom');
    case 'adapters':
      return vitest('adapters', 'desktop');
    case 'proof':
    case 'guard':
      return vitest(name);
    case 'window':
      return playwright(['renderer'], machine.scanner ? undefined : '@zbarimg');
    case 'e2e-browser':
      return playwright(['browser-host']);
    case 'e2e-desktop':
      return machine.debian
        ? playwright(['desktop-host', 'stand-in', 'real-electron'])
        : { ...playwright(['real-electron']), inDesktop: false };
  }
}
