/**
 * Type-checks every project that tsconfig.json references, two at a time, and prints one line per project. The
 * projects emit nothing, so `tsc --build` cannot do it.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const atOnce = 2;

function referencedProjects(): readonly string[] {
  const path = `${root}tsconfig.json`;
  const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8')) as {
    config?: { references?: readonly { path: string }[] };
  };
  return (config?.references ?? []).map((reference) => reference.path);
}

function check(project: string): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '-p', project, '--pretty', 'false'], { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${project} (${seconds} s)`);
      if (output !== '') console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

const waiting = [...referencedProjects()];
if (waiting.length === 0) throw new Error('tsconfig.json references no project: nothing was checked.');
let failed = 0;

async function work(): Promise<void> {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    if (!(await check(project))) failed += 1;
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
process.exitCode = failed === 0 ? 0 : 1;
