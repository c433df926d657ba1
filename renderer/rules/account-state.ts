/** What the rules say about one account, in numbers. */
import type { Unlisted } from '../../electron/contract/guard/policy.ts';
import type { RuleAccount } from '../../electron/contract/guard/rule-change.ts';

export interface AccountState extends RuleAccount {
  /** Null: not guarded. */
  readonly unlisted: Unlisted | null;
  readonly allowed: number;
  readonly denied: number;
}
