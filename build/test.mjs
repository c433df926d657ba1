/**
 * `npm test`: sets up what is missing, then runs the checks and tests. Needs nothing but Node 20 and npm; everything
 * after the set-up runs in build/test/run.ts under the pinned Node.
 */
import { runUnderNode } from './setup/run-under-node.mjs';
import { setUpForTests } from './setup/setup.mjs';
import { reportFailure, say } from './setup/step.mjs';
import { readArguments } from './test/arguments.mjs';
import { needsOf, usage, UsageError } from './test/selection.mjs';

const args = process.argv.slice(2);
if (args.includes('--help')) say(usage);
else await test().catch(fail);

async function test() {
  const { runs } = readArguments(args, process.env);
  const { node } = await setUpForTests(needsOf(runs.flatMap(({ steps }) => steps)));
  process.exitCode = await runUnderNode(node, 'build/test/run.ts', args);
}

/** @param {unknown} error */
function fail(error) {
  if (!(error instanceof UsageError)) {
    reportFailure(error);
    return;
  }
  process.stderr.write(`${error.message}\n\n${usage}\n`);
  process.exitCode = 64;
}
