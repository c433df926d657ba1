/** One edit of the send rules, as the window asks for it; each has an exact inverse (see `applyRuleChange`). */
import type { AccountPolicy, AllowRule, BlockedPerson, DenyRule, PairingReply, Unlisted } from './policy.ts';

/** The account a rule belongs to. */
export interface RuleAccount {
  readonly channel: string;
  readonly account: string;
}

/** Everything an account entry says, and its place in the file. */
export type AccountEntry = Omit<AccountPolicy, 'channel' | 'account'> & { readonly at: number };

export type RuleChange =
  /**
   * Adds rules, or replaces those for the same addresses in the same list. An account that was not guarded stays open
   * to recipients no rule names until the owner chooses otherwise.
   */
  | ({ readonly type: 'allow'; readonly rules: readonly AllowRule[] } & RuleAccount)
  | ({ readonly type: 'deny'; readonly rules: readonly DenyRule[] } & RuleAccount)
  | ({
      readonly type: 'remove';
      readonly list: 'allowTo' | 'denyTo';
      readonly to: readonly string[];
    } & RuleAccount)
  /** Starts guarding this account, changes what happens to recipients no rule names, or (null) forgets it. */
  | ({ readonly type: 'unlisted'; readonly unlisted: Unlisted | null } & RuleAccount)
  | ({ readonly type: 'pairing-reply'; readonly pairingReply: PairingReply } & RuleAccount)
  | { readonly type: 'block'; readonly people: readonly BlockedPerson[] }
  | { readonly type: 'unblock'; readonly people: readonly Pick<BlockedPerson, 'channel' | 'to'>[] }
  /** The country of national numbers. Addresses that are listed already keep their meaning. */
  | { readonly type: 'region'; readonly region: string | null }
  | { readonly type: 'pause'; readonly paused: boolean }
  /** Puts a whole account back as it was, or (null) takes it away: how a change of its rules is undone. */
  | ({ readonly type: 'account'; readonly entry: AccountEntry | null } & RuleAccount)
  /** Puts the whole list of blocked people back as it was. */
  | { readonly type: 'blocked'; readonly people: readonly BlockedPerson[] };
