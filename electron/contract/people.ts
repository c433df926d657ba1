/** Who may use the gateway already: approved contacts, paired devices and nodes, and people the owner blocked. */
import type { DisplayText } from './display-text.ts';
import type { ScopeView } from './request.ts';
import type { AppError } from './result.ts';

/** Everything the people page works on; read with `people.list`, again whenever `listsSeq` in the snapshot grows. */
export interface PeopleView {
  readonly contacts: ContactsListView;
  readonly devices: DevicesListView;
  readonly blocked: BlockedListView;
}

// ------------------------------------------------------------------ contacts

/** Why Portcullis cannot take this contact off the list, or that it can. */
export type ContactRemoval =
  | 'possible'
  /** The gateway itself offers no way; the guard plugin does. */
  | 'needs-plugin'
  /** Stands in the gateway's own settings. */
  | 'in-config';

/** Somebody who may write to the assistant. */
export interface ApprovedContactView {
  /** The gateway's id of it: letters, digits, `_` and `-` only. */
  readonly channel: string;
  readonly account: string;
  readonly accountShown: DisplayText;
  /** As the gateway keeps it; what `people.removeContact` takes. */
  readonly entry: string;
  readonly shown: DisplayText;
  /** `pairing`: approved once, by pairing. `config`: in the gateway's own allowFrom. */
  readonly source: 'pairing' | 'config';
  /** `everyone`: "*". `group`: the members of an access group. */
  readonly means: 'person' | 'everyone' | 'group';
  readonly removal: ContactRemoval;
  /** Listed as blocked, and yet allowed to write: blocking does not undo an approval. */
  readonly blocked: boolean;
}

export interface ContactsListView {
  readonly list: readonly ApprovedContactView[];
  /**
   * Where contacts approved by pairing were read. Not in the list where nobody can tell (`nowhere`), or they could not
   * be read this time (`unreadable`).
   */
  readonly pairingFrom: 'plugin' | 'state-file' | 'nowhere' | 'unreadable';
  /** False: the gateway's settings could not be read, so their contacts are not in the list. */
  readonly configRead: boolean;
}

// ------------------------------------------------------------------ devices and nodes

/** How a device got in. `other`: a way Portcullis does not know, named beside it. */
export type ApprovedVia = 'silent' | 'owner' | 'trusted-network' | 'ssh' | 'other' | 'unknown';

export interface DeviceTokenView {
  readonly role: string;
  readonly scopes: readonly ScopeView[];
  /** Epoch ms, our clock. */
  readonly lastUsedAt: number | null;
  /** Rights revoking takes beyond those held at rest; empty = one confirmation is enough. */
  readonly revokeElevation: readonly ScopeView[];
}

export interface PairedDeviceView {
  readonly deviceId: string;
  readonly kind: 'device' | 'node';
  readonly name: DisplayText;
  readonly fingerprint: string;
  readonly platform: DisplayText | null;
  /** This very Portcullis: cannot be removed from here. */
  readonly own: boolean;
  readonly connected: boolean;
  /** Epoch ms, our clock; null: the gateway does not know. */
  readonly lastSeenAt: number | null;
  readonly pairedAt: number | null;
  readonly approvedVia: ApprovedVia;
  /** The gateway's own word for it. */
  readonly approvedViaWord: DisplayText | null;
  readonly scopes: readonly ScopeView[];
  readonly tokens: readonly DeviceTokenView[];
  /** What a node may be asked to run; empty for others. */
  readonly commands: readonly DisplayText[];
  readonly capabilities: readonly DisplayText[];
  /** Rights removing or renaming takes beyond those held at rest. */
  readonly manageElevation: readonly ScopeView[];
}

export interface DevicesListView {
  readonly list: readonly PairedDeviceView[];
  /** The gateway shows only this Portcullis; seeing the others takes administrator rights. */
  readonly limited: boolean;
  /** The installed gateway has no such list. */
  readonly offered: boolean;
  /** Entries that could not be read and are not shown. */
  readonly unreadable: number;
}

/** Several devices: each is removed or not, by itself. */
export interface RemovedDevices {
  readonly removed: readonly string[];
  readonly failed: readonly { readonly deviceId: string; readonly error: AppError }[];
}

/** Longest name the gateway takes. */
export const deviceNameMax = 64;

/**
 * Characters (code points) a contact's id may have as the gateway keeps it; who asks may be as long. Whoever can be
 * listed can be taken back. One that is longer makes the whole list unreadable: nothing is ever cut, because what is
 * left could be somebody else.
 */
export const longestContact = 20_000;

/** A device that was not seen for this long is worth a look. */
export const longUnseenMs = 90 * 24 * 60 * 60_000;

/** Not seen for 90 days; null where the gateway does not know when it last was. */
export function isLongUnseen(device: PairedDeviceView, now: number): boolean | null {
  if (device.connected) return false;
  const seen = device.lastSeenAt ?? device.pairedAt;
  return seen === null ? null : now - seen >= longUnseenMs;
}

// ------------------------------------------------------------------ blocked

export interface BlockedPersonView {
  readonly channel: string;
  /** Canonical address. */
  readonly to: string;
  readonly shown: DisplayText;
  readonly note: DisplayText | null;
}

export type BlockedListView =
  | { readonly state: 'ready'; readonly people: readonly BlockedPersonView[] }
  /** Blocking is a rule of the send guard: without its plugin in the gateway there is nowhere to keep it. */
  | { readonly state: 'unavailable'; readonly reason: 'no-plugin' | 'rules-unreadable' | 'not-read' };
