/** What was decided about the command this process runs; OpenClaw may load the plugin more than once for it. */
import { gateCommand } from './gate.ts';
import type { GateParts } from './gate.ts';
import { readMessageCommand } from './message-command.ts';

const key = Symbol.for('portcullis-guard.command.1');

export function isMessageCommand(argv: readonly string[]): boolean {
  return readMessageCommand(argv).kind !== 'other';
}

/** @throws when the command must not go on: OpenClaw then ends it with this error, and nothing has left */
export function endUnlessAllowed(parts: GateParts, argv: readonly string[]): void {
  const known = Reflect.get(globalThis, key) as { readonly refusal: string | null } | undefined;
  const decided = known ?? { refusal: gateCommand(parts, argv) };
  Reflect.set(globalThis, key, decided);
  if (decided.refusal !== null) throw new Error(decided.refusal);
}
