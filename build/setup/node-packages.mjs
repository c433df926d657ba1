/** node_modules: exactly what package-lock.json says, plus keytar compiled or downloaded for this machine. */
import { existsSync, lstatSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { holdsExactly, readLock } from './lock-file.mjs';
import { findNpmCli } from './npm-cli.mjs';
import { pinnedNode, pinnedNodePackage, withNodeFirst } from './pinned-node.mjs';
import { root } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './step.mjs';

const folder = join(root, 'node_modules');

/** True when npm's own record of what it installed is what the lock file asks for. */
export function packagesAreInstalled() {
  // A linked folder belongs to another checkout, which keeps it up to date.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  const installed = readLock(join(folder, '.package-lock.json'));
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === null)
    throw new SetupError('package-lock.json is missing or damaged.', 'Restore it from git.');
  return installed !== null && holdsExactly(installed, wanted);
}

/** @throws {SetupError} */
export async function installNodePackages() {
  await npm(process.execPath, ['ci', '--ignore-scripts', '--loglevel=error'], process.env, 20 * 60_000);
  linkPinnedNode();
}

export function keytarIsBuilt() {
  return existsSync(join(folder, 'keytar/build/Release/keytar.node'));
}

/**
 * Downloads a prebuilt keytar, or compiles it with the headers that came with the pinned Node.
 * @throws {SetupError}
 */
export async function buildKeytar() {
  const node = pinnedNode();
  const env = withNodeFirst(node);
  const headers = pinnedNodePackage();
  if (existsSync(join(headers, 'include/node'))) env['npm_config_nodedir'] = headers;
  await npm(node, ['rebuild', 'keytar', '--ignore-scripts=false', '--foreground-scripts'], env, 5 * 60_000);
  if (!keytarIsBuilt()) {
    throw new SetupError(
      'npm rebuilt keytar, but there is no keytar.node.',
      'Run: npm rebuild keytar --ignore-scripts=false --foreground-scripts',
    );
  }
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} deadlineMs
 */
async function npm(node, args, env, deadlineMs) {
  const cli = findNpmCli();
  if (cli === null) throw new SetupError('npm was not found.', 'Install Node.js together with npm.');
  try {
    await runCommand(node, [cli, ...args], { cwd: root, env, deadlineMs });
  } catch (error) {
    throw new SetupError(
      `npm ${args[0]} failed. ${error instanceof Error ? error.message : error}`,
      'Check the network and `npm config get registry`, then run this again.',
    );
  }
}

/** npm 10 leaves out this link (three platform packages share the name), and tools then start the system's Node. */
function linkPinnedNode() {
  const link = join(folder, '.bin/node');
  const target = join(pinnedNodePackage(), 'bin/node');
  if (process.platform === 'win32' || existsSync(link) || !existsSync(target)) return;
  symlinkSync(join('..', `node-${process.platform}-${process.arch}`, 'bin/node'), link);
}
