/** What each command about the guard does. Input is parsed already; every answer is a Result. */
import type { CommandHandlers } from '../../contract/api.ts';
import { ok } from '../../contract/result.ts';
import { readContacts, understandAddress, type ContactsParts } from './addresses.ts';
import type { GuardRules } from './guard-rules.ts';
import type { GuardSetup } from './guard-setup.ts';

type Prefixed<Name> = Name extends `guard.${string}` ? Name : never;
export type GuardHandlers = Pick<CommandHandlers, Prefixed<keyof CommandHandlers>>;

export interface GuardCommandParts extends ContactsParts {
  readonly rules: Pick<GuardRules, 'read' | 'pause' | 'change' | 'restore'>;
  readonly setup: Pick<GuardSetup, 'plan' | 'apply' | 'test'>;
}

export function createGuardHandlers(parts: GuardCommandParts): GuardHandlers {
  const { rules, setup } = parts;
  return {
    'guard.pause': async ({ paused }) => rules.pause(paused),
    'guard.rules': async () => rules.read(),
    'guard.changeRules': async (edit) => rules.change(edit),
    'guard.restoreRules': async () => rules.restore(),
    'guard.understand': async (input) => ok(understandAddress(input)),
    'guard.contacts': async (where) => readContacts(parts, where),
    'guard.planSetup': async (input) => setup.plan(input),
    'guard.applySetup': async ({ id }) => setup.apply(id),
    'guard.selfTest': async () => setup.test(),
  };
}
