/** How set-up talks: one line per step that has something to do, and a cause and a fix when it fails. */

/** A set-up step that cannot be finished, with what the reader can do about it. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
  /**
   * @param {string} cause
   * @param {string} fix
   */
  constructor(cause, fix) {
    super(cause);
    this.fix = fix;
  }
}

/**
 * Prints `Setting up: <title> … 12 s`; a sign of life every ten seconds in between.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  process.stdout.write(`Setting up: ${title} …`);
  const ticker = setInterval(() => process.stdout.write('.'), 10_000);
  try {
    const result = await work();
    process.stdout.write(` ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write(' failed\n');
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Prints a failed set-up and leaves a non-zero exit code.
 * @param {unknown} error
 */
export function reportFailure(error) {
  process.exitCode = 1;
  const [cause, fix] =
    error instanceof SetupError
      ? [error.message, error.fix]
      : [error instanceof Error ? error.stack : String(error), 'This is not expected; please report it.'];
  process.stderr.write(`\nSet-up stopped.\nCause: ${cause}\nFix:   ${fix}\n`);
}
