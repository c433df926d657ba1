import type { DisplayText } from './display-text.ts';
import type { SecretKind } from './guard/content/secret-kinds.ts';
import type { Span } from './guard/content/span.ts';
import type { SendAnswer, SendWarning } from './guard/send-answer.ts';
import type { SendLimit } from './guard/send-limit.ts';

/** What asks to be let in (`chat`, `device`, `node`) and what asks to get out (`send`). */
export const requestKinds = ['chat', 'device', 'node', 'send'] as const;
export type RequestKind = (typeof requestKinds)[number];

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

/** In words. */
export type OutcomeTexts = Readonly<
  Record<RequestOutcome['decision'], Readonly<Record<RequestOutcome['by'], string>>>
>;

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

/** A chat contact who wrote and is not allowed yet (docs/GATEWAY-PROTOCOL.md#chat-contacts). */
export interface ChatRequestView extends RequestBase {
  readonly kind: 'chat';
  readonly channel: string;
  readonly channelLabel: DisplayText;
  readonly accountId: DisplayText;
  readonly lastSeenAt: number;
  /** Requests of this sender in the 24 hours before this one, itself included; at least 1. */
  readonly asks: number;
  /** The channel can tell the contact that access was granted. */
  readonly notifySupported: boolean;
}

/** A phone, laptop or browser that wants to operate the gateway (docs/GATEWAY-PROTOCOL.md#devices). */
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

/** A machine that offers commands to the agent (docs/GATEWAY-PROTOCOL.md#nodes). */
export interface NodeRequestView extends RequestBase {
  readonly kind: 'node';
  readonly fingerprint: string;
  readonly platform: DisplayText | null;
  readonly commands: readonly DisplayText[];
  readonly capabilities: readonly DisplayText[];
  readonly permissions: readonly DisplayText[];
}

/** The text of a stopped message as it was kept, made safe to show, never cut. */
export interface WholeText extends Pick<DisplayText, 'text' | 'altered'> {
  /** Where in it the secrets are. */
  readonly marks: readonly Span[];
}

/** A message the send guard stopped before it left; `who` is its recipient (the first of several). */
export interface SendRequestView extends RequestBase {
  readonly kind: 'send';
  readonly channel: string;
  readonly channelLabel: DisplayText;
  /** Null: the sender named no account. */
  readonly accountId: DisplayText | null;
  /** Every recipient as the sender wrote it, and who is behind it where known. Never empty. */
  readonly recipients: readonly SendRecipient[];
  /** `text`, or the action of the message tool or imsg that was stopped, e.g. `react`, `poll`. */
  readonly action: DisplayText;
  readonly isText: boolean;
  /** The beginning of the text, whole where `text.truncated` is false; `send.text` gives all of it. */
  readonly text: DisplayText;
  /** Characters of the whole text as it was kept. */
  readonly textLength: number;
  /** False: the message was longer than what the guard keeps, so it can never be sent from here. */
  readonly textComplete: boolean;
  /** Files that were to be sent, as the sender named them. */
  readonly media: readonly DisplayText[];
  /** The same files as the guard read them when it stopped the message; empty: an older guard did not. */
  readonly files: readonly SendFileView[];
  /** What it carries; marked where its text is shown, masked where it is only named. */
  readonly secrets: readonly SecretKind[];
  /** Where in `text` they are. */
  readonly marks: readonly Span[];
  /** Who caused it, where known. */
  readonly cause: {
    readonly agent: DisplayText | null;
    readonly session: DisplayText | null;
    readonly process: DisplayText | null;
  };
  /** Where it was stopped: inside the gateway, by the transport guard in front of imsg, or in an openclaw command. */
  readonly layer: 'gateway-plugin' | 'imsg-guard' | 'command';
  /** Epoch ms, our clock, until which the sender waits for the answer; null: it was refused already. */
  readonly heldUntil: number | null;
  /** How often the same message was tried. */
  readonly attempts: number;
  /** The rule that stopped it, as `decide` names it. */
  readonly rule: string;
  readonly warnings: readonly SendWarning[];
  /** This stands for messages beyond the limit of a minute (`attempts` of them), and has no text; null: one message. */
  readonly surplus: SurplusView | null;
  /** The answers that are possible for this message, in the order they are offered. */
  readonly answers: readonly SendAnswer[];
}

export interface SurplusView {
  readonly limit: SendLimit;
  /** The last of them, newest last; of a long one the beginning. */
  readonly messages: readonly { readonly to: DisplayText; readonly text: DisplayText }[];
}

export interface SendFileView {
  readonly name: DisplayText;
  /** Null: could not be read. */
  readonly bytes: number | null;
  /** Lower-case hex, of its bytes; null: could not be read, so the message cannot be sent once. */
  readonly sha256: string | null;
}

export interface SendRecipient {
  readonly to: DisplayText;
  /** How the address was understood, e.g. the E.164 number; null: not understood. */
  readonly understood: DisplayText | null;
  /** The people behind a conversation id, where known. */
  readonly people: readonly DisplayText[];
}

export type RequestView = ChatRequestView | DeviceRequestView | NodeRequestView | SendRequestView;

/** A stopped message whose sender waits for the answer. */
export function isHeld(view: RequestView): boolean {
  return view.kind === 'send' && view.heldUntil !== null;
}

/** Still waiting for an answer, or its answer still waiting for the gateway. */
export function isOpen({ status }: Pick<RequestView, 'status'>): boolean {
  return status === 'pending' || status === 'submitting' || status === 'lost';
}
