/** `npm run bench`: sets up what is missing, then runs every build/bench/*.bench.ts, one after the other. */
import { runUnderNode } from './setup/run-under-node.mjs';
import { setUpForTests } from './setup/setup.mjs';
import { reportFailure } from './setup/step.mjs';

async function bench() {
  const { node } = await setUpForTests(['keychain', 'desktop']);
  process.exitCode = await runUnderNode(node, 'build/bench/run.ts', process.argv.slice(2));
}

await bench().catch(reportFailure);
