/** One edit of the send rules, as the window asks for it; each has an exact inverse (see `applyRuleChange`). */
import type { AllowRule, BlockedPerson, DenyRule, PairingReply, Unlisted } from './policy.ts';

/** The account a rule belongs to. */
export interface RuleAccount {
  readonly channel: string;
  readonly account: string;
}

export type RuleChange =
  /** Adds rules, or replaces those for the same addresses. */
  | ({ readonly type: 'allow'; readonly rules: readonly AllowRule[] } & RuleAccount)
  | ({ readonly type: 'deny'; readonly rules: readonly DenyRule[] } & RuleAccount)
  | ({
      readonly type: 'remove';
      readonly list: 'allowTo' | 'denyTo';
      readonly to: readonly string[];
    } & RuleAccount)
  /** Starts guarding this account, changes what happens to recipients no rule names, or (null) stops guarding it. */
  | ({ readonly type: 'unlisted'; readonly unlisted: Unlisted | null } & RuleAccount)
  | ({ readonly type: 'pairing-reply'; readonly pairingReply: PairingReply } & RuleAccount)
  | { readonly type: 'block'; readonly people: readonly BlockedPerson[] }
  | { readonly type: 'unblock'; readonly people: readonly Pick<BlockedPerson, 'channel' | 'to'>[] }
  | { readonly type: 'region'; readonly region: string | null }
  | { readonly type: 'pause'; readonly paused: boolean };
