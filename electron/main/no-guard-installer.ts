/** Where the guard cannot be set up from here: nothing is changed, and every attempt says so. */
import { setupErrorTexts } from '../contract/guard/guard-texts.ts';
import { appError, fail } from '../contract/result.ts';
import type { GuardInstaller } from '../core/guard-ports.ts';

export function noGuardInstaller(pluginVersion: string): GuardInstaller {
  const refuse = async (): Promise<typeof refusal> => refusal;
  return { pluginVersion, inspect: refuse, plan: refuse, apply: refuse, undo: refuse, testTransport: refuse };
}

const refusal = fail(appError('unsupported', setupErrorTexts.notHere));
