/**
 * `npm test`: sets up what is missing, then runs every check and test. Needs nothing but Node 20 and npm; everything
 * after the set-up runs in build/test/run.ts under the pinned Node.
 */
import { parseArgs } from 'node:util';
import { runUnderNode } from './setup/run-under-node.mjs';
import { setUpForTests } from './setup/setup.mjs';
import { reportFailure, say } from './setup/step.mjs';
import { isStepName, stepNames } from './test/step-names.mjs';

const usage = `Usage: npm test [-- --only STEP[,STEP...]]

  Steps: ${stepNames.join(', ')}. Without --only all but guard, as on the build machines.`;

const only = readSelection();
if (only !== null) await test(only).catch(reportFailure);

/** @returns {readonly string[] | null} empty: everything; null: nothing to run */
function readSelection() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help === true) {
      say(usage);
      return null;
    }
    const names = values.only?.split(',') ?? [];
    const unknown = names.filter((name) => !isStepName(name));
    if (unknown.length > 0) throw new Error(`Unknown step: ${unknown.join(', ')}`);
    return names;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
    process.exitCode = 64;
    return null;
  }
}

/** @param {readonly string[]} names */
async function test(names) {
  const desktop = names.length === 0 || names.includes('adapters') || names.includes('e2e');
  const { node } = await setUpForTests({ desktop });
  process.exitCode = await runUnderNode(node, 'build/test/run.ts', names);
}
