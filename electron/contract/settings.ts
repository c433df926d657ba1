/** Which gateway to talk to. Secrets are never here: they live in the keychain. */
export type GatewayChoice =
  | { readonly mode: 'local' }
  | {
      readonly mode: 'remote';
      /** ws:// (loopback only) or wss:// */
      readonly url: string;
      /** SHA-256 of the certificate, lower-case hex without colons, or null for a publicly trusted one. */
      readonly tlsFingerprint: string | null;
    };

export interface Settings {
  readonly gateway: GatewayChoice;
  readonly notifications: {
    readonly enabled: boolean;
    /** Show names and facts; otherwise only "Someone asks to be let in". */
    readonly showDetails: boolean;
  };
  /** Tell an approved contact over the channel that access was granted. A visible choice, off at first. */
  readonly tellApprovedContacts: boolean;
  /** The text of a stopped message is shown only when asked for, and never in a notification. On at first. */
  readonly hideSendText: boolean;
  readonly theme: 'system' | 'light' | 'dark';
}

export type SettingsPatch = {
  readonly [K in keyof Settings]?: Settings[K];
};

export const defaultSettings: Settings = {
  gateway: { mode: 'local' },
  notifications: { enabled: true, showDetails: true },
  tellApprovedContacts: false,
  hideSendText: true,
  theme: 'system',
};
