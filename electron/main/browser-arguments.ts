/** The browser host's command line. Pure. */
import { parseArgs } from 'node:util';
import { fail, ok } from '../contract/result.ts';
import type { Result } from '../contract/result.ts';

export interface BrowserArguments {
  /** 0: any free port. */
  readonly port: number;
  readonly openAtStart: boolean;
}

export const browserUsage = 'Usage: portcullis --headless [--port NUMBER] [--no-open]';

/** @returns a sentence for the terminal when something is not understood */
export function parseBrowserArguments(argv: readonly string[]): Result<BrowserArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { headless: { type: 'boolean' }, port: { type: 'string' }, 'no-open': { type: 'boolean' } },
    }));
  } catch (error: unknown) {
    return fail(error instanceof Error ? error.message : 'These options make no sense.');
  }
  const port = values.port ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return fail(`"${port}" is not a port number.`);
  return ok({ port: Number(port), openAtStart: values['no-open'] !== true });
}
