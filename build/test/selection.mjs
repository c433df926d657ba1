/**
 * The steps of the tests, what each needs of the machine, the runs they make up, and how a command line chooses among
 * them. Plain data and one parser: `npm test` reads it under Node 20, before anything is installed.
 */

/** @typedef {import('../setup/needs.mjs').Need} Need */

/** Each step, in the order of the table, with everything that must be there before it starts. */
const stepTable = /** @satisfies {Readonly<Record<string, readonly Need[]>>} */ ({
  format: [],
  lint: [],
  types: [],
  unused: [],
  changed: [],
  unit: [],
  build: [],
  adapters: ['keychain', 'desktop', 'build', 'openclaw'],
  proof: ['linux', 'build', 'openclaw'],
  guard: ['linux', 'build', 'openclaw'],
  window: ['chromium'],
  'e2e-browser': ['keychain', 'desktop', 'build', 'openclaw'],
  'e2e-desktop': ['keychain', 'desktop', 'build', 'openclaw'],
});

/** @typedef {keyof typeof stepTable} StepName */
/** @typedef {'default' | 'full'} Tier `full`: both hosts, every repetition; read by the runners' own settings */
/**
 * @typedef {object} Run
 * @property {string} name
 * @property {readonly StepName[]} steps
 * @property {Tier} tier
 * @property {boolean} asked by step: what cannot run here is then a failure, not something left out
 * @property {boolean} warm keeps what format, lint and types found for the next time
 * @property {number} limitMinutes after this the run is stopped and counts as failed
 */
/**
 * @typedef {object} Selection
 * @property {readonly Run[]} runs in turn
 * @property {readonly string[]} files only these, as the step's own tool understands them
 */

const names = /** @type {readonly StepName[]} */ (Object.keys(stepTable));
const bothHosts = /** @type {const} */ (['e2e-browser', 'e2e-desktop']);
const quickChecks = /** @type {const} */ (['format', 'lint', 'types', 'unused']);

/** What a pull request has to pass. */
/** @type {readonly StepName[]} */
const everyPush = names.filter((name) => name !== 'guard' && name !== 'changed');

/** @type {Readonly<Record<'check' | 'full-checks' | 'full-gateway' | 'full-hosts', Omit<Run, 'name' | 'asked'>>>} */
const namedRuns = {
  check: { steps: [...quickChecks, 'changed'], tier: 'default', warm: true, limitMinutes: 20 },
  'full-checks': {
    steps: [...quickChecks, 'unit', 'build', 'window', 'adapters'],
    tier: 'full',
    warm: false,
    limitMinutes: 80,
  },
  'full-gateway': { steps: ['proof', 'guard'], tier: 'full', warm: false, limitMinutes: 80 },
  'full-hosts': { steps: bothHosts, tier: 'full', warm: false, limitMinutes: 80 },
};

/** One name for several steps. */
const groups = /** @type {Readonly<Record<string, readonly StepName[]>>} */ ({ e2e: bothHosts });

/** Steps whose tool takes files; the others see the project as a whole. */
const takeFiles = new Set(
  /** @type {readonly StepName[]} */ ([
    ...['format', 'lint', 'unit', 'adapters', 'proof', 'guard', 'window'],
    ...bothHosts,
  ]),
);

export const usage = `Usage: npm test [-- --only NAME[,NAME...] [FILE...]]

  Steps: ${names.join(', ')}; e2e is both e2e steps.
  Runs:  ${Object.keys(namedRuns).join(', ')}; full is the three full ones in turn.
  Without --only: ${everyPush.join(', ')}.
  FILE is a part of a path, for one step: npm test -- --only e2e flows/contact`;

/** The command line asks for something there is not. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/**
 * @param {string | undefined} only what stood after --only
 * @param {readonly string[]} files
 * @param {Tier} tier of everything but the full runs
 * @returns {Selection}
 * @throws {UsageError}
 */
export function select(only, files, tier) {
  if (only === undefined) {
    if (files.length > 0) throw new UsageError(`Say which step runs ${files.join(' ')}: --only STEP FILE`);
    const run = { name: 'default', steps: everyPush, tier, asked: false, warm: false, limitMinutes: 60 };
    return { runs: [run], files };
  }
  const runs = runsNamed(only);
  if (runs.length > 0) {
    if (files.length > 0) throw new UsageError(`${only} is a whole run and takes no files.`);
    return { runs, files };
  }
  const asked = [...new Set(only.split(','))];
  const unknown = asked.filter((name) => !Object.hasOwn(groups, name) && !isStepName(name));
  if (unknown.length > 0) throw new UsageError(`${unknown.join(', ')}: no step, or a run that stands alone.`);
  const chosen = new Set(asked.flatMap((name) => groups[name] ?? names.filter((each) => each === name)));
  const steps = names.filter((name) => chosen.has(name));
  if (files.length > 0 && asked.length > 1)
    throw new UsageError(`Files go to one step, and ${only} are ${asked.length}. Run them one by one.`);
  if (files.length > 0 && !steps.every((name) => takeFiles.has(name)))
    throw new UsageError(`${only} looks at the project as a whole and takes no files.`);
  return { runs: [{ name: only, steps, tier, asked: true, warm: false, limitMinutes: 80 }], files };
}

/**
 * @param {string} name
 * @returns {readonly Run[]} empty when no run is called that
 */
function runsNamed(name) {
  return Object.entries(namedRuns)
    .filter(([each]) => each === name || (name === 'full' && each.startsWith('full-')))
    .map(([each, run]) => ({ ...run, name: each, asked: true }));
}

/**
 * @param {readonly StepName[]} steps
 * @returns {readonly Need[]} each once
 */
export function needsOf(steps) {
  return [...new Set(steps.flatMap((step) => stepTable[step]))];
}

/**
 * @param {string} name
 * @returns {name is StepName}
 */
export function isStepName(name) {
  return Object.hasOwn(stepTable, name);
}

/**
 * @param {StepName} step
 * @returns {Tier} the smallest that runs it
 */
export function tierOf(step) {
  return everyPush.includes(step) ? 'default' : 'full';
}
