/**
 * What the app costs while nothing happens: connected to a real gateway, no window open. The keychain runs in a process
 * of its own and is counted apart. Next to it, in the same minutes, a Node that does nothing at all.
 */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { keepLines, lineOf } from './bench-line.ts';
import { inBenchWorld } from './bench-world.ts';
import { childrenOf, memoryOf, processorTimeOf } from './process-reading.ts';

/** Long enough that one tick of the kernel's clock, 10 ms, is a tenth of the target. */
const windowMs = 90_000;
/** Start-up work, and the garbage it leaves, is not idling. */
const settleMs = 15_000;

await inBenchWorld(async (world) => {
  const { app } = await world.startApp();
  const idleNode = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1 << 30)'], {
    stdio: 'ignore',
  });
  if (idleNode.pid === undefined) throw new Error('The idle Node could not be started.');
  try {
    await delay(settleMs);
    const keychain = await childrenOf(app.pid);
    if (keychain.length === 0) console.log('No keychain process runs while nothing happens.');
    const watched = { app: [app.pid], keychain, node: [idleNode.pid] };
    const [appShare, keychainShare, nodeShare] = await Promise.all([
      processorShare(watched.app),
      processorShare(watched.keychain),
      processorShare(watched.node),
    ]);
    const [appMemory, keychainMemory, nodeMemory] = await Promise.all([
      memoryOf(watched.app),
      memoryOf(watched.keychain),
      memoryOf(watched.node),
    ]);
    const bareNode = (samples: readonly number[]) => ({
      name: 'a Node that does nothing',
      samples,
      paired: false,
    });
    const memory = { unit: 'MB', target: null } as const;
    await keepLines('idle', [
      {
        ...lineOf({
          name: 'idle processor time, app without keychain process',
          unit: '% of a core',
          measured: [appShare],
          baseline: bareNode([nodeShare]),
          target: { of: 'median', bound: 'at-most', value: 0.2 },
        }),
        // An idle Node takes no measurable time, so there is nothing to divide by.
        ratio: null,
      },
      lineOf({
        name: 'memory (RSS), app without keychain process',
        unit: 'MB',
        measured: [appMemory.rss],
        baseline: bareNode([nodeMemory.rss]),
        target: { of: 'median', bound: 'at-most', value: 90 },
      }),
      lineOf({
        ...memory,
        name: 'memory (PSS), app without keychain process',
        measured: [appMemory.pss],
        baseline: bareNode([nodeMemory.pss]),
      }),
      ...(keychain.length === 0
        ? []
        : [
            lineOf({
              name: 'idle processor time, keychain process',
              unit: '% of a core',
              measured: [keychainShare],
              baseline: null,
              target: null,
            }),
            lineOf({
              ...memory,
              name: 'memory (PSS), app and keychain process',
              measured: [appMemory.pss + keychainMemory.pss],
              baseline: bareNode([nodeMemory.pss]),
            }),
            lineOf({
              ...memory,
              name: 'memory (RSS), keychain process',
              measured: [keychainMemory.rss],
              baseline: bareNode([nodeMemory.rss]),
            }),
          ]),
    ]);
  } finally {
    idleNode.kill('SIGTERM');
  }
});

/** @returns percent of one core over the window */
async function processorShare(pids: readonly number[]): Promise<number> {
  const before = await processorTimeOf(pids);
  const startedAt = performance.now();
  await delay(windowMs);
  const spent = (await processorTimeOf(pids)) - before;
  return (100 * spent) / (performance.now() - startedAt);
}
