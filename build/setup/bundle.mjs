/**
 * Builds dist/ (main process, preload, window: vite.config.ts; what goes into the gateway: build/gateway-plugin.ts) when it is missing or a source changed. As a program,
 * `node build/setup/bundle.mjs`, it always builds.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pinnedNode, withNodeFirst } from './pinned-node.mjs';
import { root } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError, reportFailure, step } from './step.mjs';

const sources = [
  'electron',
  'renderer',
  'gateway-plugin',
  'assets',
  'vite.config.ts',
  'build/gateway-plugin.ts',
  'package.json',
  'package-lock.json',
];
const mark = join(root, 'dist/.built-from');
const outputs = [
  'dist/main/desktop.js',
  'dist/main/browser.js',
  'dist/main/keychain-child.js',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
  'dist/gateway-plugin/index.js',
  'dist/gateway-plugin/imsg-guard.js',
  'dist/gateway-plugin/openclaw.plugin.json',
  'dist/gateway-plugin/package.json',
];

export function bundleIsFresh() {
  if (!outputs.every((file) => existsSync(join(root, file)))) return false;
  return existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint();
}

/** @throws {SetupError} */
export async function bundle() {
  const node = pinnedNode();
  const before = fingerprint();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  try {
    for (const build of [[vite, 'build', '--logLevel', 'warn'], ['build/gateway-plugin.ts']]) {
      await runCommand(node, build, { cwd: root, env: withNodeFirst(node), deadlineMs: 10 * 60_000 });
    }
  } catch (error) {
    throw new SetupError(
      `The app could not be built. ${error instanceof Error ? error.message : error}`,
      'Repair the source named above, then run this again.',
    );
  }
  const absent = outputs.filter((file) => !existsSync(join(root, file)));
  if (absent.length > 0) {
    throw new SetupError(`The build did not make ${absent.join(', ')}.`, 'Compare vite.config.ts.');
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(mark, before);
}

/** Path, size and time of every source; tests do not count. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesUnder(join(root, source))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {readonly string[]}
 */
function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return /\.(test|double|fixture)\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

if (process.argv[1] === import.meta.filename) {
  await step('the app', bundle).catch(reportFailure);
}
