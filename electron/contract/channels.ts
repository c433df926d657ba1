/** Who may write to the assistant, channel by channel, as the gateway's config has it; and edits of that config. */
import type { channelPlanInput, channelSettingKeys, channelSettingValue } from './channel-edit.ts';
import type { DisplayText } from './display-text.ts';
import type { ConfigChangeView } from './guard/guard-view.ts';
import type { PairingReply, Unlisted } from './guard/policy.ts';
import type { Parsed } from './parsed.ts';
import type { ScopeView } from './request.ts';
import type { AppError } from './result.ts';

// ------------------------------------------------------------------ policies

/** `dmPolicy`, `groupPolicy`: one word. `allowFrom`, `groupAllowFrom`: a list of people. */
export type ChannelSettingKey = (typeof channelSettingKeys)[number];

/** A word, or a list of raw entries; null: not set. */
export type ChannelSettingValue = Parsed<typeof channelSettingValue>;

export interface ChannelSettingView {
  readonly key: ChannelSettingKey;
  readonly kind: 'choice' | 'list';
  /** What holds for this account. Null: nothing is set, and the gateway does not tell what it does then. */
  readonly value: ChannelSettingValue;
  /** A list as it may be shown, entry by entry; empty for a choice. */
  readonly shown: readonly DisplayText[];
  /** Where it is set; `gateway`: nowhere, the gateway's own default holds. */
  readonly from: 'account' | 'channel' | 'defaults' | 'gateway';
  /** Where a change for this account alone is written, e.g. `channels.imessage.accounts.work.dmPolicy`. */
  readonly path: string;
  /** Words the gateway's own schema allows; null for a list, or where it does not say. */
  readonly allowed: readonly string[] | null;
}

/** What a stranger who writes gets: a code, nothing although the owner is asked, or nothing at all. */
export type StrangerReply = 'code' | 'silent' | 'nothing' | 'everyone-is-let-in';

export interface ChannelAccountView {
  readonly channel: string;
  /** The channel's own name, e.g. iMessage. */
  readonly label: DisplayText;
  readonly account: string;
  readonly accountShown: DisplayText;
  readonly enabled: boolean;
  /** Null: the gateway does not say. */
  readonly connected: boolean | null;
  /** Only settings this channel has. */
  readonly settings: readonly ChannelSettingView[];
  /** Null: it cannot be told. */
  readonly strangers: StrangerReply | null;
  /** Rules of the send guard; null: unknown, or the guard is not in the gateway. `unlisted` null: not guarded. */
  readonly guard: {
    readonly unlisted: Unlisted | null;
    readonly allowTo: number;
    readonly pairingReply: PairingReply;
  } | null;
}

export interface ChannelsView {
  readonly accounts: readonly ChannelAccountView[];
  /** Null: changes can be made from here; else why not, and what to do instead. */
  readonly notEditable: AppError | null;
}

export type ChannelPlanInput = Parsed<typeof channelPlanInput>;
export type ChannelEdit = ChannelPlanInput['edits'][number];

/** Worth a word before it is done; none of them stops it. */
export type ChannelWarning =
  /** `*` lets everybody write. */
  | { readonly kind: 'wildcard' }
  /** These were approved by pairing and may not write any more. */
  | { readonly kind: 'locks-out'; readonly people: readonly DisplayText[] }
  /** Contacts approved by pairing could not be read, so nobody can tell who is locked out. */
  | { readonly kind: 'approved-unknown' }
  /** Nobody at all may write. */
  | { readonly kind: 'nobody' }
  /** Strangers get an answer, word for word this one (with another code); null: each channel words it differently. */
  | { readonly kind: 'answers-strangers'; readonly text: string | null };

/** Exactly what applying would do. Valid once, and only while nothing it was made from has changed. */
export interface ChannelPlan {
  readonly id: string;
  readonly configPath: string;
  /** Empty: it is like that already. */
  readonly changes: readonly ConfigChangeView[];
  readonly warnings: readonly ChannelWarning[];
  /** The gateway is on another machine: it takes administrator rights for this once, and restarts afterwards. */
  readonly restarts: boolean;
  /** Has to be confirmed in so many words (`confirmed` of `channels.apply`). */
  readonly confirm: boolean;
}

// ------------------------------------------------------------------ edits of the gateway's config

/** Who asked for an edit. `silence-end`: its end time came. `undo`: of an earlier edit. */
export type ConfigReason =
  | { readonly kind: 'silence' | 'silence-end'; readonly account: string }
  | { readonly kind: 'channel'; readonly channel: string; readonly account: string }
  | { readonly kind: 'undo'; readonly of: string };

/**
 * `restart`: the gateway restarts once its running work is done. `channel`: its connection comes up again after the
 * change. `rules`: the send guard's rules are stored.
 */
export type ConfigStep = 'writing' | 'restart' | 'gateway' | 'channel' | 'rules';

export interface ConfigProgress {
  readonly step: ConfigStep;
  /** This write, from 1, of so many: each is safe by itself and confirmed before the next. */
  readonly write: number;
  readonly writes: number;
}

/** The one edit of the gateway's config under way, or the newest one. */
export type ConfigWorkView =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly reason: ConfigReason; readonly progress: ConfigProgress }
  /** The gateway runs with it. */
  | { readonly state: 'done'; readonly reason: ConfigReason; readonly at: number }
  | {
      readonly state: 'failed';
      readonly reason: ConfigReason;
      readonly error: AppError;
      /** True: some of it stands in the config nevertheless, and can be undone from the history. */
      readonly written: boolean;
      readonly at: number;
    };

export const idleConfigWork: ConfigWorkView = { state: 'idle' };

/**
 * A change was sent to a gateway on another machine, which has not been seen to restart since: until it does, the
 * assistant's tools may fail in the changed channel.
 */
export interface OwedRestartView {
  /** `restarting`: the owner asked for it. */
  readonly state: 'owed' | 'restarting';
  /** Rights that asking takes. */
  readonly elevation: readonly ScopeView[];
  /** Why it did not restart when it was last asked; null: it was not. */
  readonly error: AppError | null;
}

/** One edit Portcullis made, newest first in a list. */
export interface ConfigHistoryEntry {
  readonly id: string;
  /** Epoch ms, our clock. */
  readonly at: number;
  readonly reason: ConfigReason;
  readonly changes: readonly ConfigChangeView[];
  /** False: written, but the gateway never said that it runs with it. */
  readonly confirmed: boolean;
  /** Null: can be undone; else why not. */
  readonly notUndoable: string | null;
  /** Undoing it has to be confirmed (`confirmed` of `channels.undo`): strangers are answered again, or let in. */
  readonly confirm: boolean;
  readonly undone: boolean;
}
