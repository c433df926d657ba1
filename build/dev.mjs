/**
 * `npm run dev`: sets up what is missing, then shows the window while its sources are edited. What runs then is in
 * build/dev/, under the pinned Node.
 */
import { parseArgs } from 'node:util';
import { runUnderNode } from './setup/run-under-node.mjs';
import { setUpForApp, setUpNode } from './setup/setup.mjs';
import { reportFailure, say } from './setup/step.mjs';

const usage = `Usage: npm run dev [-- --gateway]

  Without options: every screen of the window, with a fake app behind it, reloaded while you edit.
  --gateway        the app in your browser with the demo's gateway, built and started again at every change`;

const options = readOptions();
if (options !== null) await develop(options).catch(reportFailure);

function readOptions() {
  try {
    const { values } = parseArgs({ options: { gateway: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help !== true) return values;
    say(usage);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
    process.exitCode = 64;
  }
  return null;
}

/** @param {{ gateway?: boolean }} wanted */
async function develop({ gateway = false }) {
  const node = gateway ? (await setUpForApp({ electron: false })).node : await setUpNode();
  process.exitCode = await runUnderNode(node, `build/dev/${gateway ? 'gateway-loop' : 'gallery'}.ts`, []);
}
