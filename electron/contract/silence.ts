/** The switch "Silence strangers on iMessage": what somebody nobody approved gets when they write. */
import type { ConfigProgress } from './channels.ts';
import type { DisplayText } from './display-text.ts';
import type { ConfigChangeView, GuardedAccountView } from './guard/guard-view.ts';
import type { PairingReply } from './guard/policy.ts';
import type { AppError } from './result.ts';

/**
 * `answer`: the gateway replies with a pairing code (its default). `ask`: no reply, the owner is asked; takes strict
 * mode. `ignore`: no reply, no request.
 */
export const silenceModes = ['answer', 'ask', 'ignore'] as const;
export type SilenceMode = (typeof silenceModes)[number];

export interface SilenceAccountView {
  readonly account: string;
  readonly accountShown: DisplayText;
  /** `other`: the owner configured something else; shown as it is (`dmPolicy`), never changed unasked. */
  readonly mode: SilenceMode | 'other';
  /** As it holds for this account. */
  readonly dmPolicy: string;
  /** Epoch ms, our clock, when the former config comes back by itself; null: stays. */
  readonly until: number | null;
  /** What comes back then, or with undo; null: there is nothing to go back to. */
  readonly former: SilenceMode | 'other' | null;
  /** Going back has to be confirmed (`confirmed` of `silence.undo`): strangers are answered again, or let in. */
  readonly undoConfirm: boolean;
  /** `*` is in allowFrom: everybody is let in, silence means nothing. */
  readonly wildcard: boolean;
  readonly strict: GuardedAccountView['strict'];
  /** A change is under way; null: none is. */
  readonly working: ConfigProgress | null;
  /** Why the last change was not made; null once one was. */
  readonly error: AppError | null;
}

/**
 * `no-imessage`: not configured. `unreadable`: the gateway's config could not be read (`message` says why).
 */
export type SilenceView =
  | {
      readonly state: 'unavailable';
      readonly reason: 'not-connected' | 'no-imessage' | 'unreadable';
      readonly message: string | null;
    }
  | { readonly state: 'ready'; readonly accounts: readonly SilenceAccountView[] };

export type SilenceWarning =
  /** `*` in allowFrom lets everybody in, whatever the switch says. */
  | { readonly kind: 'wildcard' }
  /** Members of these access groups stay allowed; who they are only the gateway knows. */
  | { readonly kind: 'access-groups'; readonly groups: readonly DisplayText[] }
  /**
   * OpenClaw asks in the chat whether a command may run, and whoever is carried over could answer; cannot be applied
   * before the owner says where to ask instead (`approvalsTo`). `problem`: why the address given is none.
   */
  | { readonly kind: 'makes-approvers'; readonly problem: string | null }
  /** `ask` works only with strict mode on for this account; cannot be applied before (offer the set-up). */
  | { readonly kind: 'strict-needed'; readonly strict: GuardedAccountView['strict'] }
  /** `ask` is a rule of the send guard, whose plugin is not in the gateway; cannot be applied before. */
  | { readonly kind: 'plugin-needed' }
  /** Word for word what a stranger receives (with another code and their own address). */
  | { readonly kind: 'answers-strangers'; readonly text: string };

/** Somebody approved by pairing, who is copied to allowFrom so that they may go on writing. */
export interface CarriedContactView {
  readonly entry: string;
  readonly shown: DisplayText;
}

/** Exactly what applying would do. Valid once, and only while nothing it was made from has changed. */
export interface SilencePlan {
  readonly id: string;
  readonly account: string;
  readonly from: SilenceMode | 'other';
  readonly to: SilenceMode;
  readonly until: number | null;
  readonly configPath: string;
  /** In the gateway's config, in this order; empty: nothing changes there. */
  readonly changes: readonly ConfigChangeView[];
  /** In the rules of the send guard; null: nothing changes there. */
  readonly rule: { readonly before: PairingReply; readonly after: PairingReply } | null;
  readonly carriedOver: readonly CarriedContactView[];
  /** Where OpenClaw asks about commands from then on, and nowhere else; null: nothing changes there. */
  readonly approvalsTo: string | null;
  readonly warnings: readonly SilenceWarning[];
  /** False: one of the warnings has to be dealt with first. */
  readonly applicable: boolean;
  /** The gateway is on another machine: it takes administrator rights for this once, and restarts afterwards. */
  readonly restarts: boolean;
  /** Has to be confirmed in so many words (`confirmed` of `silence.apply`): strangers will be answered. */
  readonly confirm: boolean;
}

/** Nothing is known yet. */
export const unknownSilence: SilenceView = { state: 'unavailable', reason: 'not-connected', message: null };
