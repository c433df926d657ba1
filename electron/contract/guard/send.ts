/** A send, as whoever guards it knows it, and what is known about the rules at that moment. */
import type { SecretKind } from './content/secret-kinds.ts';
import type { Policy } from './policy.ts';

/** What is known about the policy at the moment of a send. */
export type PolicyState =
  /**
   * No policy was ever written, so every channel is unrestricted; unless a guard was set up (`installed`): then the
   * rules are gone, and nothing leaves unasked.
   */
  | { readonly status: 'absent'; readonly installed: boolean }
  | { readonly status: 'ready'; readonly policy: Policy }
  /** There is a policy but it cannot be read. `lastGood` is the last one that could, if any. */
  | {
      readonly status: 'unreadable';
      readonly problem: string;
      readonly lastGood: Policy | null;
      /** The file is not damaged but not there. */
      readonly gone?: boolean;
    };

/** The rules themselves, or the last ones that could be read; null: there are none. */
export function knownPolicy(state: PolicyState): Policy | null {
  if (state.status === 'absent') return null;
  return state.status === 'ready' ? state.policy : state.lastGood;
}

/** One place a message goes to. */
export interface SendTarget {
  /** As the sender wrote it. */
  readonly to: string;
  /** Other addresses of the same place, e.g. the group behind `chat_id:7`. */
  readonly aliases: readonly string[];
  /** Who reads along there, where known: the person behind `chat_id:11`, the members of a group. */
  readonly people: readonly string[];
  /** A person in this conversation wrote first (to us), so this is a reply. */
  readonly opened: boolean;
  /** Goes on as it is written here: on iMessage any spelling but the canonical one then counts as not understood. */
  readonly verbatim?: boolean;
}

export interface Send {
  /** Any spelling OpenClaw takes. Empty: not known, and judged by the rules of every channel. */
  readonly channel: string;
  /** null: the sender named no account. */
  readonly account: string | null;
  /** The accounts the gateway has on this channel; null: not known. */
  readonly accounts: readonly string[] | null;
  /** Country in which the channel dials national numbers; null: not known, and they are not understood. */
  readonly region: string | null;
  /** At least one; all of them must be allowed. */
  readonly targets: readonly SendTarget[];
  readonly textSha256: string;
  readonly media: boolean;
  /** What it carries of the kinds its owner wants to know about. */
  readonly secrets: readonly SecretKind[];
}
