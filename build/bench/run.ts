/**
 * Runs every `*.bench.ts` beside this file, in order, inside the throw-away desktop, and sums up what they measured. A
 * target that is missed is reported and fails nothing; a bench that breaks does.
 */
import { globSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { isDebian } from '../setup/apt-packages.mjs';
import { runStep } from '../test/run-step.ts';
import { artifactsFolder, linesFolder, readLines, type BenchLine } from './bench-line.ts';
import { prepareBenches } from './prepare.ts';
import { tableOf } from './table.ts';

const deadlineMs = 15 * 60_000;
const artifacts = artifactsFolder();
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

const env = { ...(await prepareBenches()), PORTCULLIS_ARTIFACTS: artifacts };
await rm(linesFolder(), { recursive: true, force: true }); // old lines must never stand for this run
const lines: BenchLine[] = [];
for (const file of files) {
  if (stopped.signal.aborted) break;
  const title = file.replace('.bench.ts', '');
  console.log(`\n=== ${title} ===`);
  const step = {
    commands: [[join(import.meta.dirname, file)]],
    inDesktop: isDebian(),
    deadlineMs,
  };
  const { tally, seconds } = await runStep(step, {
    log: join(artifacts, 'logs', `bench-${title}.log`),
    onOutput: (chunk) => process.stdout.write(chunk),
    ...{ env, signal: stopped.signal },
  });
  const measured = await readLines(title);
  if (tally.failed > 0 || measured === null) {
    process.exitCode = 1;
    console.log(`${title} broke.`);
    continue;
  }
  console.log(`${title} took ${seconds.toFixed(0)} s.`);
  lines.push(...measured);
}
if (stopped.signal.aborted) process.exitCode = 1;

/** Absolute times mean little without it. */
const machine = { node: process.version, cores: cpus().length, load: loadavg() };
await mkdir(artifacts, { recursive: true });
await writeFile(join(artifacts, 'bench.json'), JSON.stringify({ machine, lines }, null, 2));
console.log(`\n${tableOf(lines)}`);
console.log(
  `\n${machine.cores} cores, load ${machine.load.map((load) => load.toFixed(1)).join(' ')}. ` +
    `Everything, also as JSON: ${join(artifacts, 'bench.json')}`,
);
