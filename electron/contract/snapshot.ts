import type { ConfigWorkView, OwedRestartView } from './channels.ts';
import type { GuardView } from './guard/guard-view.ts';
import type { RequestView } from './request.ts';
import type { Settings } from './settings.ts';
import type { SilenceView } from './silence.ts';
import type { UsedSetupCode } from './setup-code.ts';

/** Reasons for which the app tries again by itself. */
export type WaitReason =
  | 'not-found' // no OpenClaw on this machine
  | 'not-running' // installed, but nobody listens
  | 'starting' // gateway says: starting, retry shortly
  | 'connection-lost'
  | 'no-answer' // accepts and then says nothing
  | 'keychain-locked'
  | 'keychain-hung'
  | 'suspended';

/** Reasons that need the owner: never retried by themselves. */
export type BlockedReason =
  | 'token-needed'
  | 'token-wrong'
  | 'pairing-needed'
  | 'protocol-too-old' // the gateway is older than we speak
  | 'protocol-too-new'
  | 'scopes-missing'
  | 'tls-changed'
  | 'rate-limited'
  | 'refused'; // anything else the gateway rejects for good

export interface GatewayLabel {
  /** Host and port, never a credential. */
  readonly address: string;
  readonly remote: boolean;
  readonly version: string | null;
}

export type ConnectionView =
  | { readonly state: 'stopped' }
  | { readonly state: 'connecting' | 'syncing'; readonly gateway: GatewayLabel | null }
  | {
      readonly state: 'ready';
      readonly gateway: GatewayLabel;
      readonly missing: readonly Feature[];
      /** Epoch ms since when the connection is ready without a break. */
      readonly since: number;
      /** The gateway shows us chat contacts, but not the devices and nodes that asked before we connected. */
      readonly limited: boolean;
    }
  | {
      readonly state: 'waiting';
      readonly reason: WaitReason;
      readonly gateway: GatewayLabel | null;
      /** Epoch ms of the next try. */
      readonly retryAt: number;
      readonly attempt: number;
    }
  | {
      readonly state: 'blocked';
      readonly reason: BlockedReason;
      readonly gateway: GatewayLabel | null;
      /** Extra facts for the owner, already safe to show (e.g. the new fingerprint, the missing scopes). */
      readonly detail: string | null;
    };

/** What an older gateway may not offer (`features.methods` of hello-ok). */
export type Feature = 'chat-pairing' | 'device-pairing' | 'node-pairing';

export type KeychainState = 'unknown' | 'unlocked' | 'locked' | 'absent' | 'hung';

export interface KeychainView {
  readonly state: KeychainState;
  /** Credentials live in memory only and are gone when the app quits. */
  readonly sessionOnly: boolean;
}

export interface NotificationsView {
  /** `none`: this desktop shows no notifications at all. `look-here`: shown, but without buttons. */
  readonly capability: 'buttons' | 'look-here' | 'none';
}

export interface HostView {
  readonly kind: 'desktop' | 'browser';
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly version: string;
}

/** Everything the window, the tray and the notifications show. Immutable; replaced as a whole. */
export interface AppSnapshot {
  /** Grows with every change; a receiver drops older ones. */
  readonly seq: number;
  /** Our clock when the snapshot was made, epoch ms (countdowns in the window run from here). */
  readonly now: number;
  readonly host: HostView;
  readonly connection: ConnectionView;
  /** Open requests, oldest first, bounded; then the recently answered ones, newest first. */
  readonly requests: readonly RequestView[];
  /** All open requests, also those beyond the bound of `requests`. */
  readonly openCount: number;
  readonly guard: GuardView;
  readonly silence: SilenceView;
  /** The edit of the gateway's config under way, or the newest one. */
  readonly configWork: ConfigWorkView;
  /** Null: nothing is owed, or it cannot be told now. */
  readonly owedRestart: OwedRestartView | null;
  /** Null until a phone used a set-up code made here. */
  readonly usedSetupCode: UsedSetupCode | null;
  /** Grows when contacts, devices, nodes or the config may have changed: read `people.list` and `channels.list` again. */
  readonly listsSeq: number;
  readonly keychain: KeychainView;
  readonly notifications: NotificationsView;
  readonly settings: Settings;
  /** E.g. "Your settings file was damaged and was kept aside as …". */
  readonly notices: readonly Notice[];
}

/** The notice that leads to the rules. */
export const outsideRulesId = 'guard-rules-outside';

export interface Notice {
  readonly id: string;
  readonly text: string;
}
