/**
 * `npm start`: sets up what is missing, then runs Portcullis. Needs nothing but Node 20 and npm; everything after the
 * set-up runs in build/launch.ts under the pinned Node.
 */
import { parseArgs } from 'node:util';
import { electronObstacle } from './setup/electron-obstacle.mjs';
import { runUnderNode } from './setup/run-under-node.mjs';
import { setUpForApp } from './setup/setup.mjs';
import { reportFailure, say } from './setup/step.mjs';

const usage = `Usage: npm start [-- options]

  --demo       try it with a real throw-away gateway and visitors; touches nothing of yours
  --headless   show the window in your browser instead of Electron
  --help       this text`;

const options = readOptions();
if (options !== null) await start(options).catch(reportFailure);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { demo: { type: 'boolean' }, headless: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help !== true) return values;
    say(usage);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
    process.exitCode = 64;
  }
  return null;
}

/** @param {{ demo?: boolean, headless?: boolean }} wanted */
async function start({ demo = false, headless = false }) {
  const obstacle = headless ? null : electronObstacle();
  const { node, electron } = await setUpForApp({ electron: !headless && obstacle === null });
  if (!headless && electron === null) {
    const reason = obstacle ?? 'Electron could not be downloaded (to try again: npx install-electron)';
    say(`${reason}, so Portcullis opens in your browser (the same as npm start -- --headless).`);
  }
  const args = [...(demo ? ['--demo'] : []), ...(electron === null ? [] : ['--electron', electron])];
  process.exitCode = await runUnderNode(node, 'build/launch.ts', args);
}
