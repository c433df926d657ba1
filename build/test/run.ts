/** Runs the planned steps one after the other and sums them up; second half of `npm test`, under the pinned Node. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDebian } from '../setup/apt-packages.mjs';
import { electronBinary } from '../setup/electron-binary.mjs';
import { root } from '../setup/repository.mjs';
import { reportFailure } from '../setup/step.mjs';
import { prepareDesktopSteps } from './prepare.ts';
import { runStep } from './run-step.ts';
import { isStepName } from './step-names.mjs';
import { planTests } from './steps.ts';
import { add, closingLine, nothing } from './tally.ts';

const artifacts = process.env['PORTCULLIS_ARTIFACTS'] ?? join(root, 'artifacts');
const debianChromium = '/usr/bin/chromium';
const only = process.argv.slice(2).filter(isStepName);
const { steps, leftOut } = planTests(
  {
    desktop: isDebian(),
    chromium: process.env['PORTCULLIS_CHROMIUM'] ?? (existsSync(debianChromium) ? debianChromium : null),
    electron: electronBinary() !== null,
    artifacts,
  },
  only,
);

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped.abort();
  });
}

let total = nothing;
let env: Readonly<Record<string, string>> = { PORTCULLIS_ARTIFACTS: artifacts };
const summary: string[] = [];
let built = false;
/** Null before the first step that runs in the throw-away desktop. */
let prepared: boolean | null = null;

for (const step of steps) {
  if (stopped.signal.aborted) break;
  console.log(`\n=== ${step.title} ===`);
  if (step.inDesktop === true) {
    prepared ??= await prepare();
    if (!prepared) {
      total = add(total, { ...nothing, failed: 1 });
      summary.push(`FAILED ${step.title}: not run, its set-up failed`);
      continue;
    }
  }
  const { tally, seconds, log } = await runStep(step, { artifacts, env, signal: stopped.signal });
  built ||= step.name === 'build' && tally.failed === 0;
  total = add(total, tally);
  const [verdict, where] = tally.failed === 0 ? ['ok    ', ''] : ['FAILED', ` (${log})`];
  summary.push(`${verdict} ${step.title}: ${closingLine(tally)} in ${seconds.toFixed(1)} s${where}`);
}

console.log(`\n=== Summary ===\n${summary.join('\n')}`);
if (only.length === 0 && leftOut.length > 0)
  console.log(`Left out on this machine:\n  ${leftOut.join('\n  ')}`);
if (stopped.signal.aborted) console.log('Stopped before the end.');
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed === 0 && !stopped.signal.aborted ? 0 : 1;

async function prepare(): Promise<boolean> {
  try {
    env = { ...env, ...(await prepareDesktopSteps({ builds: built })) };
    return true;
  } catch (error: unknown) {
    reportFailure(error);
    return false;
  }
}
