/**
 * Type-checks every project that tsconfig.json references, two programs at a time, and prints one line per program.
 * What did not change since the last time is not checked again (`.cache/types`). The projects emit nothing, so
 * `tsc --build` cannot do it.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../setup/repository.mjs';
import { programsOf, type Program } from './programs.ts';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const cache = join(root, '.cache/types');
const atOnce = 2;

function check(program: Program): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const args = [compiler, '-p', configOf(program), '--pretty', 'false'];
    const child = spawn(process.execPath, args, { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${program.projects.join(', ')} (${seconds} s)`);
      if (output !== '') console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

/** @returns path of a config for the whole program */
function configOf({ projects, config, files }: Program): string {
  const name = projects.join('+').replaceAll('/', '-');
  const path = join(cache, `${name}.json`);
  const compilerOptions = { incremental: true, tsBuildInfoFile: join(cache, `${name}.tsbuildinfo`) };
  writeFileSync(path, JSON.stringify({ extends: config, compilerOptions, files, include: [] }, null, 2));
  return path;
}

mkdirSync(cache, { recursive: true });
/** The largest last in the table of references, and first here. */
const waiting = programsOf(root).toSorted((a, b) => b.files.length - a.files.length);
if (waiting.length === 0) throw new Error('tsconfig.json references no project: nothing was checked.');
let failed = 0;

async function work(): Promise<void> {
  for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
    if (!(await check(program))) failed += 1;
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
process.exitCode = failed === 0 ? 0 : 1;
