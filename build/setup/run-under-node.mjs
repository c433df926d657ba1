/** Hands over to a TypeScript entry under the pinned Node and waits for it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withNodeFirst } from './pinned-node.mjs';
import { root } from './repository.mjs';

/**
 * The child tidies up when it is asked to end and this process waits for it, so that nothing stays behind.
 * @param {string} node
 * @param {string} entry repository-relative
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runUnderNode(node, entry, args) {
  const child = spawn(node, [join(root, entry), ...args], {
    cwd: root,
    env: withNodeFirst(node),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
