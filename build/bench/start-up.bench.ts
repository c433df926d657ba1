/**
 * From starting the process to the first state in the tray that is true, and to `connected`. Warm: the first start,
 * which pairs the app and fills the keychain, does not count. Takes turns with `node -e 0`, the least any program on
 * Node can take.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { keepLines, lineOf } from './bench-line.ts';
import { inBenchWorld } from './bench-world.ts';

const runs = 12;

await inBenchWorld(async (world) => {
  const firstStates: number[] = [];
  const readies: number[] = [];
  const bareNodes: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const { app, start } = await world.startApp();
    await app.stop();
    const bareNode = await startBareNode();
    if (run === 0) {
      console.log(`The first start does not count. The tray began with "${start.firstText}".`);
      continue;
    }
    firstStates.push(start.firstStateAt - app.spawnedAt);
    readies.push(start.readyAt - app.spawnedAt);
    bareNodes.push(bareNode);
  }
  const baseline = { name: 'node -e 0, start to end', samples: bareNodes, paired: true };
  await keepLines('start-up', [
    lineOf({
      name: 'start → first true tray state, warm',
      unit: 'ms',
      measured: firstStates,
      baseline,
      target: { of: 'median', bound: 'at-most', value: 400 },
    }),
    lineOf({
      name: 'start → connected and lists read, warm',
      unit: 'ms',
      measured: readies,
      baseline,
      target: null,
    }),
  ]);
});

/** @returns milliseconds from start to end */
async function startBareNode(): Promise<number> {
  const at = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await once(child, 'exit');
  return performance.now() - at;
}
