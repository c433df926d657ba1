/** What the window and the tray show about the send guard as a whole. */
import type { DisplayText } from '../display-text.ts';
import type { Parsed } from '../parsed.ts';
import type { AppError } from '../result.ts';
import type { PairingReply, Policy, Unlisted } from './policy.ts';
import type { guardSetupInput } from './setup-input.ts';

/** Is the guard plugin in the connected gateway, and does it fit this app? */
export type GuardPluginView =
  | { readonly state: 'unknown' }
  | { readonly state: 'absent' }
  | {
      readonly state: 'present';
      readonly version: string;
      /** Compared with the plugin this app brings. */
      readonly match: 'same' | 'older' | 'newer';
      /** How long a message waits for an answer. */
      readonly holdSeconds: number;
    };

/** `absent`: no rules were ever written, every channel is unrestricted. */
export type PolicyStatusView =
  | { readonly status: 'unknown' }
  | { readonly status: 'absent' }
  | { readonly status: 'ready'; readonly revision: number }
  /** Nothing unlisted leaves until the rules are mended. */
  | { readonly status: 'unreadable'; readonly problem: string; readonly restorable: boolean };

export interface GuardedAccountView {
  readonly channel: string;
  readonly account: string;
  /** Null: not guarded, everything leaves. */
  readonly unlisted: Unlisted | null;
  readonly pairingReply: PairingReply;
  readonly allowed: number;
  readonly denied: number;
  /** iMessage only: the transport guard in front of imsg. `unknown`: the gateway is on another machine. */
  readonly strict: 'on' | 'off' | 'outdated' | 'broken' | 'unknown' | 'not-offered';
}

export interface GuardView {
  readonly plugin: GuardPluginView;
  readonly policy: PolicyStatusView;
  /** `missing`: set up, and gone. `misspelt`: for a channel or account the gateway does not have. Nothing unlisted leaves. */
  readonly rulesTrouble: 'missing' | 'misspelt' | null;
  /** Nothing leaves on any channel. */
  readonly paused: boolean;
  /** Every account of every configured channel, and those that have rules. */
  readonly accounts: readonly GuardedAccountView[];
  /** Was set up here, and the gateway runs without it: somebody else took it out, or an older config came back. */
  readonly missing: readonly GuardPart[];
  /** Stopped messages that were not kept because there were too many. */
  readonly overflow: number;
  /** Files of stopped messages that could not be read; they were left in place. */
  readonly unreadable: number;
  readonly setup: GuardSetupView;
}

// ------------------------------------------------------------------ set-up

export type GuardSetupInput = Parsed<typeof guardSetupInput>;
export type GuardSetupAction = GuardSetupInput['action'];
/** The plugin in the gateway, or the transport guard in front of one account's imsg. */
export type GuardPart = { readonly part: 'plugin' } | { readonly part: 'strict'; readonly account: string };

/** One value of the gateway's config that changes. Values are JSON texts; null: not set. */
export interface ConfigChangeView {
  /** E.g. `channels.imessage.cliPath`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface FileChangeView {
  readonly path: string;
  readonly change: 'created' | 'replaced' | 'removed';
}

/** Exactly what applying would do. Valid once, and only while nothing it was made from has changed. */
export interface GuardSetupPlan {
  readonly id: string;
  readonly input: GuardSetupInput;
  readonly configPath: string;
  readonly config: readonly ConfigChangeView[];
  readonly files: readonly FileChangeView[];
  /** The channel is restarted and is away for a few seconds. */
  readonly restartsChannel: boolean;
}

/** What the harmless self-test found: a message to an address that cannot exist was tried at each layer in place. */
export interface SelfTestView {
  readonly plugin: 'stopped' | 'not-stopped' | 'not-tested';
  readonly strict: readonly { readonly account: string; readonly result: 'stopped' | 'not-stopped' }[];
  /** Epoch ms, our clock. */
  readonly at: number;
}

export type GuardSetupStep = 'files' | 'config' | 'waiting-for-gateway' | 'self-test' | 'undo';

export type GuardSetupView =
  | { readonly state: 'idle'; readonly lastTest: SelfTestView | null }
  | { readonly state: 'working'; readonly input: GuardSetupInput; readonly step: GuardSetupStep }
  | { readonly state: 'done'; readonly input: GuardSetupInput; readonly test: SelfTestView | null }
  /** `undone`: everything is as it was before; false: see the error for what is left to do. */
  | {
      readonly state: 'failed';
      readonly input: GuardSetupInput;
      readonly error: AppError;
      readonly undone: boolean;
    };

// ------------------------------------------------------------------ rules page

/** What the rules page works on; read with `guard.rules`, again whenever the revision in the snapshot differs. */
export interface RulesView {
  readonly status: 'absent' | 'ready' | 'unreadable';
  readonly policy: Policy;
}

/** How an address would be understood. */
export type UnderstoodAddress =
  | { readonly understood: true; readonly key: string; readonly kind: string; readonly shown: DisplayText }
  | { readonly understood: false; readonly problem: string };

/** Somebody who may write to the assistant already, offered for import. */
export interface ContactView {
  readonly channel: string;
  readonly account: string;
  /** Canonical address. */
  readonly key: string;
  readonly shown: DisplayText;
  /** `pairing`: approved by pairing. `config`: in the gateway's own allowFrom. */
  readonly source: 'pairing' | 'config';
}

/** Nothing is known yet: not connected, or not asked. */
export const unknownGuard: GuardView = {
  plugin: { state: 'unknown' },
  policy: { status: 'unknown' },
  rulesTrouble: null,
  paused: false,
  accounts: [],
  missing: [],
  overflow: 0,
  unreadable: 0,
  setup: { state: 'idle', lastTest: null },
};
