/** Runs every `*.bench.ts` beside this file, in order, inside the throw-away desktop. Measures; judges nothing. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { isDebian } from '../setup/apt-packages.mjs';
import { root } from '../setup/repository.mjs';
import { prepareDesktopSteps } from '../test/prepare.ts';
import { runStep } from '../test/run-step.ts';

const deadlineMs = 15 * 60_000;
const artifacts = process.env['PORTCULLIS_ARTIFACTS'] ?? join(root, 'artifacts');
const wanted = process.argv.slice(2);
const files = globSync('*.bench.ts', { cwd: import.meta.dirname })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (files.length === 0) throw new Error(`No bench matches ${wanted.join(', ') || '*.bench.ts'}.`);

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped.abort();
  });
}

const env = { ...(await prepareDesktopSteps({ builds: false })), PORTCULLIS_ARTIFACTS: artifacts };
for (const file of files) {
  if (stopped.signal.aborted) break;
  const title = file.replace('.bench.ts', '');
  console.log(`\n=== ${title} ===`);
  const step = {
    name: `bench-${title}`,
    title,
    args: [join(import.meta.dirname, file)],
    inDesktop: isDebian(),
    deadlineMs,
  };
  const { tally } = await runStep(step, { artifacts, env, signal: stopped.signal });
  if (tally.failed > 0) process.exitCode = 1;
}
if (stopped.signal.aborted) process.exitCode = 1;
