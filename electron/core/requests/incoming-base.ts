/** What every request has in common before it is ours, and how it is named. */
import type { RequestKind } from '../../contract/request.ts';

/** What happens to a request while it is ours; everything else in its view came with it. */
export type StateKey = 'status' | 'revision' | 'armedAt' | 'elevation' | 'note' | 'outcome';

export interface IncomingBase {
  /** The gateway's request id. */
  readonly id: string;
  /** Gateway time of these facts, epoch ms: facts with a smaller version never replace newer ones. */
  readonly version: number;
  /** Operator scopes the gateway wants from whoever approves. */
  readonly requiredScopes: readonly string[];
  /** Equal exactly when everything the owner decides on is equal (times are not part of it). */
  readonly facts: string;
}

export function keyOf(kind: RequestKind, id: string): string {
  return `${kind}:${id}`;
}
