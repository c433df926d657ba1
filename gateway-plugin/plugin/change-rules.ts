/** Changes the rules on behalf of an operator, and tells all of them that the rules are other ones now. */
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { Result } from '../../electron/contract/result.ts';
import { readPolicyState, restorePolicy, updatePolicy } from '../store/policy-file.ts';
import type { PolicyUpdateFailure } from '../store/policy-file.ts';
import type { HoldParts } from './holds.ts';

type Changed = Result<Policy, PolicyUpdateFailure>;

/** @param revision the one the change was made from */
export function changeRules(
  parts: HoldParts,
  revision: number,
  change: (policy: Policy) => unknown,
): Changed {
  return announced(parts, updatePolicy(parts.files, revision, change));
}

export function bringRulesBack(parts: HoldParts): Changed {
  const wasReady = readPolicyState(parts.files).status === 'ready';
  const restored = restorePolicy(parts.files, parts.now());
  return wasReady ? restored : announced(parts, restored);
}

/** Without what they say: that is read by RPC. */
function announced({ state }: HoldParts, changed: Changed): Changed {
  if (changed.ok) state.emit?.('rules-changed', { revision: changed.value.revision });
  return changed;
}
