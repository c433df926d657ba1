import type { DisplayText } from './display-text.ts';

/** What asks to be let in. Later kinds (sends, exec and plugin approvals) join this union. */
export type RequestKind = 'chat' | 'device' | 'node';

/** `lost`: the connection went away while our answer was on its way; the next sync tells what happened. */
export type RequestStatus = 'pending' | 'submitting' | 'settled' | 'expired' | 'lost';

export type Decision = 'approve' | 'deny';

/** How a request left the queue. */
export interface RequestOutcome {
  readonly decision: 'approved' | 'denied' | 'withdrawn';
  readonly by: 'us' | 'elsewhere';
  /** Epoch ms, our clock. */
  readonly at: number;
  /** E.g. the contact could not be told. */
  readonly note: string | null;
}

/** An operator scope in words the owner understands. */
export interface ScopeView {
  /** The gateway's name, e.g. `operator.admin`. */
  readonly scope: string;
  readonly words: string;
  /** Gives control over the gateway or the machine. */
  readonly dangerous: boolean;
}

interface RequestBase {
  /** `<kind>:<gateway's own id>`; opaque outside the core. */
  readonly key: string;
  /** Grows whenever a fact below changes (times are none). A decision must name the one it was shown with. */
  readonly revision: number;
  readonly status: RequestStatus;
  /** Who asks: sender id, device or node name. */
  readonly who: DisplayText;
  /** Epoch ms when the gateway got it. */
  readonly requestedAt: number;
  /** Epoch ms by our clock, or null when it never expires. */
  readonly expiresAt: number | null;
  /** Epoch ms from which Approve counts (stops click-through on a card that just appeared). */
  readonly armedAt: number;
  /** Scopes approving needs beyond those we hold at rest; empty = one click is enough. */
  readonly elevation: readonly ScopeView[];
  /** Everything that was decided on was visible in full; false disables Approve in notifications and tray. */
  readonly fullyShown: boolean;
  readonly outcome: RequestOutcome | null;
  /** Something the owner should know about this request now, e.g. "The gateway has not confirmed yet." */
  readonly note: string | null;
}

/** A chat contact who wrote and is not allowed yet (PROTOCOL.md 3.3). */
export interface ChatRequestView extends RequestBase {
  readonly kind: 'chat';
  readonly channel: string;
  readonly channelLabel: DisplayText;
  readonly accountId: DisplayText;
  readonly lastSeenAt: number;
  /** The channel can tell the contact that access was granted. */
  readonly notifySupported: boolean;
}

/** A phone, laptop or browser that wants to operate the gateway (PROTOCOL.md 3.1). */
export interface DeviceRequestView extends RequestBase {
  readonly kind: 'device';
  /** Short fingerprint of the device key, for comparing with the other screen. */
  readonly fingerprint: string;
  readonly platform: DisplayText | null;
  readonly address: DisplayText | null;
  readonly role: DisplayText;
  readonly scopes: readonly ScopeView[];
  /** Already paired and asking for more, or re-pairing under the same id. */
  readonly repair: boolean;
}

/** A machine that offers commands to the agent (PROTOCOL.md 3.2). */
export interface NodeRequestView extends RequestBase {
  readonly kind: 'node';
  readonly fingerprint: string;
  readonly platform: DisplayText | null;
  readonly commands: readonly DisplayText[];
  readonly capabilities: readonly DisplayText[];
  readonly permissions: readonly DisplayText[];
}

export type RequestView = ChatRequestView | DeviceRequestView | NodeRequestView;

/** Still waiting for an answer, or its answer still waiting for the gateway. */
export function isOpen({ status }: RequestView): boolean {
  return status === 'pending' || status === 'submitting' || status === 'lost';
}
