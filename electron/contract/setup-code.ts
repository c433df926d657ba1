/**
 * A set-up code lets one phone pair with the gateway without a question. It is a secret: it travels in the answer to
 * `setupCode.create` and nowhere else, never in a snapshot, a setting, a log or an address.
 */
import type { DisplayText } from './display-text.ts';

/** `limited`: everything but administration. `full`: administration too, so the phone can change the gateway. */
export const setupAccesses = ['limited', 'full'] as const;
export type SetupAccess = (typeof setupAccesses)[number];

export interface SetupCode {
  /** What the phone is given, by pasting it or as the content of the QR code. At most 4000 characters. */
  readonly setupCode: string;
  /** Names the code without being one; null: an older gateway, which will not tell when the code is used. */
  readonly setupId: string | null;
  /** Where the phone will connect to. */
  readonly address: DisplayText;
  /** What the phone gets; less than asked for when the way to the gateway is not encrypted. Null: not told. */
  readonly access: SetupAccess | null;
  /** Epoch ms, our clock. */
  readonly expiresAt: number;
}

/**
 * `loopback-only`: the gateway listens on its own machine only, so no phone could reach it. `no-auth`: the gateway lets
 * everybody in, and makes no codes. `other`: the gateway's words say it.
 */
export type SetupRefusal = 'loopback-only' | 'no-auth' | 'other';

export type SetupCodeAnswer =
  | { readonly outcome: 'made'; readonly code: SetupCode }
  | {
      readonly outcome: 'refused';
      readonly why: SetupRefusal;
      /** What the gateway said. */
      readonly gatewayWords: DisplayText;
    };

/** The last code of this app that a phone used. */
export interface UsedSetupCode {
  readonly setupId: string;
  readonly deviceName: DisplayText | null;
  /** False: the code is spent, but the gateway does not know whether the phone got its keys. */
  readonly confirmed: boolean;
}
