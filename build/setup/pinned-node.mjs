/** The Node that runs the product and its tools: the version package.json pins, whatever the system has. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './repository.mjs';
import { withFoldersFirst } from './search-path.mjs';
import { SetupError } from './step.mjs';

/** What OpenClaw 2026.9 asks for. */
const oldest = { major: 24, minor: 16 };

/**
 * @returns {string} path of the executable
 * @throws {SetupError} where neither the pinned Node nor a new enough system Node is there
 */
export function pinnedNode() {
  const folder = pinnedNodePackage();
  const file = join(folder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (existsSync(file) && spawnSync(file, ['--version']).status === 0) return file;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return process.execPath;
  throw new SetupError(
    `Portcullis needs Node ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}, and npm has no Node for ${process.platform}-${process.arch}.`,
    'Install Node 24 from https://nodejs.org (or with your package manager), then run this again.',
  );
}

/** The npm package that carries the pinned Node; also holds the headers native modules are built against. */
export function pinnedNodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return join(root, 'node_modules', `node-${platform}-${process.arch}`);
}

/**
 * An environment in which `node`, and the project's own tools, are found before any other.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeFirst(node, env = process.env) {
  return withFoldersFirst([dirname(node), join(root, 'node_modules', '.bin')], env);
}
