/** The one door for every command, whichever host it came through: known name, parsed input, no exception gets out. */
import type { z } from 'zod';
import { commandNames } from './api.ts';
import type { CommandHandlers, CommandInput, CommandName, CommandOutput } from './api.ts';
import { appError, fail } from './result.ts';
import type { Result } from './result.ts';
import { commandSchemas } from './schemas.ts';

/** A handler threw: a bug of ours. The caller logs it; the window only learns that something went wrong. */
export type DispatchFailure = (command: CommandName, error: unknown) => void;

const schemas: { readonly [K in CommandName]: z.ZodType<CommandInput<K>> } = commandSchemas;
const known: ReadonlySet<string> = new Set(commandNames);

export function isCommandName(name: string): name is CommandName {
  return known.has(name);
}

/**
 * Runs a command that came from a window. The window is not trusted: neither `name` nor `input`.
 *
 * @returns the handler's own Result, or `bad-input` (unknown name, wrong shape), or `internal` (the handler threw)
 */
export async function dispatch(
  handlers: CommandHandlers,
  name: string,
  input: unknown,
  onFailure: DispatchFailure,
): Promise<Result<unknown>> {
  if (!isCommandName(name)) {
    return fail(
      appError('bad-input', 'This window asked for something Portcullis does not know. Reload it.'),
    );
  }
  return run(handlers, name, input, onFailure);
}

async function run<K extends CommandName>(
  handlers: CommandHandlers,
  name: K,
  input: unknown,
  onFailure: DispatchFailure,
): Promise<Result<CommandOutput<K>>> {
  const parsed = schemas[name].safeParse(input);
  if (!parsed.success) {
    return fail(appError('bad-input', 'Portcullis did not understand that input. Check it and try again.'));
  }
  try {
    return await handlers[name](parsed.data);
  } catch (error: unknown) {
    onFailure(name, error);
    return fail(
      appError('internal', 'Something went wrong in Portcullis. Look at the list before you try again.'),
    );
  }
}
