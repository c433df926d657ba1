/** Command handlers that record what reached them and answer `ok(null)`; stands in for the core in border tests. */
import { commandNames } from './api.ts';
import type { CommandHandlers, CommandName } from './api.ts';
import { ok } from './result.ts';

export interface RecordedCommand {
  readonly name: CommandName;
  readonly input: unknown;
}

export function recordingHandlers(overrides: Partial<CommandHandlers> = {}): {
  readonly handlers: CommandHandlers;
  readonly calls: readonly RecordedCommand[];
} {
  const calls: RecordedCommand[] = [];
  const recorded = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (input: unknown) => {
        calls.push({ name, input });
        return Promise.resolve(ok(null));
      },
    ]),
  );
  return { handlers: { ...(recorded as unknown as CommandHandlers), ...overrides }, calls };
}
