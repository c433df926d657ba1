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

/** Whether two choices mean the same gateway. */
export function isSameChoice(a: GatewayChoice, b: GatewayChoice): boolean {
  if (a.mode === 'local' || b.mode === 'local') return a.mode === b.mode;
  return a.url === b.url && a.tlsFingerprint === b.tlsFingerprint;
}

/** A gateway the owner wants to come back to. What opens it stays in the keychain, under the gateway's own id. */
export interface GatewayProfile {
  /** Told apart by it. */
  readonly name: string;
  readonly gateway: GatewayChoice;
}

/** What a notification can be about: chat contacts, devices and nodes, stopped messages. */
export const noticeKinds = ['chat', 'devices', 'sends'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export type ByNoticeKind = Readonly<Record<NoticeKind, boolean>>;

/**
 * What a notification says. `names`: who asks, and what for. `kind`: what asks, but not who. `nothing`: only that
 * Portcullis wants the owner.
 */
export const privacyLevels = ['names', 'kind', 'nothing'] as const;
export type PrivacyLevel = (typeof privacyLevels)[number];

/** Minutes since midnight, this machine's time. */
export type MinuteOfDay = number;
/** 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface QuietHours {
  readonly enabled: boolean;
  readonly from: MinuteOfDay;
  /** At or before `from`: the next day. */
  readonly to: MinuteOfDay;
  /** On which days they begin. */
  readonly days: readonly Weekday[];
  /** What pops up all the same. */
  readonly letThrough: ByNoticeKind;
}

export interface NotificationSettings {
  readonly enabled: boolean;
  readonly kinds: ByNoticeKind;
  readonly privacy: PrivacyLevel;
  readonly quietHours: QuietHours;
}

/** BCP 47; `system`: as the browser or the system writes them. */
export const dateLocales = [
  'system',
  'en-GB',
  'en-US',
  'de-DE',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
  'zh-CN',
] as const;
export type DateLocale = (typeof dateLocales)[number];

export interface Settings {
  readonly gateway: GatewayChoice;
  /** Remembered ones; the one in use need not be among them. */
  readonly gateways: readonly GatewayProfile[];
  readonly notifications: NotificationSettings;
  /** Tell an approved contact over the channel that access was granted. A visible choice, off at first. */
  readonly tellApprovedContacts: boolean;
  /** The text of a stopped message is shown only when asked for, and never in a notification. On at first. */
  readonly hideSendText: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  /** How dates and times are written. The sentences themselves are English. */
  readonly dateLocale: DateLocale;
}

export type SettingsPatch = {
  readonly [K in keyof Settings]?: Settings[K];
};

const hour = 60;
export const everyDay: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

export const defaultSettings: Settings = {
  gateway: { mode: 'local' },
  gateways: [],
  notifications: {
    enabled: true,
    kinds: { chat: true, devices: true, sends: true },
    privacy: 'names',
    quietHours: {
      enabled: false,
      from: 22 * hour,
      to: 7 * hour,
      days: everyDay,
      letThrough: { chat: false, devices: false, sends: false },
    },
  },
  tellApprovedContacts: false,
  hideSendText: true,
  theme: 'system',
  dateLocale: 'system',
};
