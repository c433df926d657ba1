/** Denies many chat contacts at once: those the owner was shown, as they were shown, and nobody else. */
import type { ClearedRequests } from '../../contract/api.ts';
import type { DecideInput } from '../../contract/schemas.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { clearTexts } from '../../contract/stranger-texts.ts';
import { keyOf } from '../requests/incoming-base.ts';

export interface ClearOldParts {
  readonly deny: (input: DecideInput) => Promise<Result<null>>;
}

const chatKey = keyOf('chat', '');

/** One after the other: the gateway takes each as a call of its own. One that is gone by now counts as cleared. */
export async function clearOld(
  requests: readonly DecideInput[],
  { deny }: ClearOldParts,
): Promise<Result<ClearedRequests>> {
  if (requests.some(({ key }) => !key.startsWith(chatKey)))
    return fail(appError('bad-input', clearTexts.chatOnly));
  let cleared = 0;
  for (const request of requests) {
    const denied = await deny(request);
    if (denied.ok || denied.error.code === 'request-gone') cleared += 1;
    else if (denied.error.code === 'not-connected' && cleared === 0) return denied;
  }
  return ok({ cleared, failed: requests.length - cleared });
}
