/** Sends one command. The contract answers with values; should the transport itself break, that becomes one too. */
import type { Bridge, CommandInput, CommandName, CommandOutput } from '../../electron/contract/api.ts';
import type { Result } from '../../electron/contract/result.ts';
import { appError, fail } from '../../electron/contract/result.ts';

export async function runCommand<K extends CommandName>(
  bridge: Bridge,
  name: K,
  input: CommandInput<K>,
): Promise<Result<CommandOutput<K>>> {
  try {
    return await bridge.invoke(name, input);
  } catch {
    return fail(
      appError('internal', 'Portcullis did not understand its own window. Close and open it again.'),
    );
  }
}
