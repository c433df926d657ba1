/** Runs one command to its end; for slow, chatty steps whose output matters only when they fail. */
import { spawn } from 'node:child_process';
import { lastLinesOf } from './last-lines.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment, not an addition
 * @property {(line: string) => void} [onLine] every line of stdout and stderr
 * @property {AbortSignal} [signal] ends the command
 * @property {number} deadlineMs after this the command is killed and counts as failed
 */

/** A command that ended badly; `message` names it, how it ended and its last lines. */
export class CommandFailed extends Error {
  /** @override */
  name = 'CommandFailed';
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<void>}
 * @throws {CommandFailed}
 */
export async function runCommand(file, args, { cwd, env = process.env, onLine, signal, deadlineMs }) {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const lastLines = lastLinesOf([child.stdout, child.stderr], onLine);
  const stopped = AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(signal ? [signal] : [])]);
  const ending = await new Promise((resolve) => {
    stopped.addEventListener('abort', () => {
      child.kill('SIGKILL');
      // Not waiting for 'close': what the command started may live on and hold its pipes.
      resolve(signal?.aborted ? String(signal.reason) : `gave up after ${deadlineMs / 1000} s`);
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, killed) => {
      resolve(code === 0 ? '' : killed === null ? `exit code ${code}` : `killed by ${killed}`);
    });
  });
  if (ending !== '')
    throw new CommandFailed([`${[file, ...args].join(' ')}: ${ending}`, ...lastLines].join('\n'));
}
