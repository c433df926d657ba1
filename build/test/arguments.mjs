/** Reads the command line of `npm test`. */
import { parseArgs } from 'node:util';
import { select, UsageError } from './selection.mjs';

/**
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env `PORTCULLIS_TIER=full` for the long form of single steps
 * @returns {import('./selection.mjs').Selection}
 * @throws {UsageError}
 */
export function readArguments(args, env) {
  const { values, positionals } = parse(args);
  return select(values.only, positionals, env['PORTCULLIS_TIER'] === 'full' ? 'full' : 'default');
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: { only: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
