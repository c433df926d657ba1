/**
 * Everything the core needs from outside, on one page. Adapters implement these; the core never imports an adapter.
 * Rules for all of them: expected failures are values, nothing throws across a port, every listener registration
 * returns the function that ends it.
 */
import type { Stop } from '../contract/listeners.ts';
import type { Result } from '../contract/result.ts';
import type { DateLocale, GatewayChoice, Settings } from '../contract/settings.ts';
import type { KeychainState } from '../contract/snapshot.ts';

export type { Stop };

// ------------------------------------------------------------------ time, chance, log

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** Local time of this machine, as a person reads it off the wall. */
export interface LocalTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

export interface LocalCalendar {
  /** @param at epoch milliseconds */
  localTime(at: number): LocalTime;
  /** "Tue, Mar 3, 2:30 PM", as the owner wants it written. @param at epoch milliseconds */
  dayAndTime(at: number, locale: DateLocale): string;
}

export interface Timers {
  /** Runs `run` once after `delayMs`; the caller keeps the Stop and cancels it when it lets go. */
  after(delayMs: number, run: () => void): Stop;
}

export interface Random {
  /** 0 <= n < 1, for jitter only. */
  fraction(): number;
  /** 128 random bits, URL-safe; for notification tokens and ids. */
  token(): string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export interface Logger {
  /** Facts are redacted at the sink as well; do not rely on it. */
  log(level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>): void;
}

// ------------------------------------------------------------------ gateway

/** Where a gateway is. Never holds a credential. */
export interface GatewayAddress {
  /** ws:// or wss:// URL without credentials. */
  readonly url: string;
  readonly tlsFingerprint: string | null;
  readonly remote: boolean;
  /** Stable name for this gateway's keychain items. */
  readonly id: string;
}

/** One way to prove who we are. */
export type GatewayCredential =
  | { readonly kind: 'device-token'; readonly token: string }
  | { readonly kind: 'bootstrap-token'; readonly token: string }
  | { readonly kind: 'shared-token'; readonly token: string }
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'none' };

/** Ed25519 identity, PEM; `deviceId` is hex sha256 of the raw public key (docs/GATEWAY-PROTOCOL.md#the-handshake). */
export interface DeviceIdentity {
  readonly deviceId: string;
  readonly publicKeyPem: string;
  readonly privateKeyPem: string;
}

export type FindFailure =
  | 'not-found' // no OpenClaw on this machine
  | 'not-running' // configured, nobody listens
  | 'starting' // listens, but is not ready yet
  | 'no-credential' // e.g. token is a SecretRef and the CLI is not there
  | 'unreadable'; // config present, not understood

/** Finds the local gateway and the ways in (docs/GATEWAY-PROTOCOL.md#finding-the-gateway). */
export interface GatewayFinder {
  /** Cheap (files only); called before every attempt, because port and token may have changed. */
  locate(choice: GatewayChoice): Promise<Result<GatewayAddress, FindFailure>>;
  /**
   * A fresh one-time bootstrap token from `openclaw dashboard --json` (5 to 20 seconds). Local gateways only. It opens
   * exactly the owner's scopes: the gateway refuses it for any other set.
   */
  bootstrap(address: GatewayAddress): Promise<Result<GatewayCredential, FindFailure>>;
  /** The shared token or password from the local config, where it is plainly there. */
  configured(address: GatewayAddress): Promise<Result<GatewayCredential, FindFailure>>;
}

/** What hello-ok told us (docs/GATEWAY-PROTOCOL.md#the-handshake), parsed. */
export interface GatewayHello {
  readonly serverVersion: string;
  /** Changes with every gateway start; empty when not told. */
  readonly bootId: string;
  readonly methods: ReadonlySet<string>;
  readonly scopes: readonly string[];
  /** How we were let in, e.g. `token`, `device-token`, `bootstrap-token`, `none`; null when not told. */
  readonly authMethod: string | null;
  /** Issued when we came with another credential; keep it. */
  readonly deviceToken: string | null;
}

/** A refused or broken connect, or an error response to a request. Branch on codes, never on `message`. */
export interface GatewayFailure {
  /** e.g. INVALID_REQUEST, FORBIDDEN, UNAVAILABLE; or ours: TIMEOUT, CONNECTION_LOST, BAD_ANSWER, NO_ANSWER. */
  readonly code: string;
  /** error.details.code or .reason, e.g. AUTH_TOKEN_MISMATCH, PAIRING_REQUIRED, MISSING_SCOPE, TLS_FINGERPRINT. */
  readonly detail: string | null;
  /** Gateway's words, bounded; for the log and as a fact beside our own sentence. */
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** WebSocket close code when the socket closed, else null. */
  readonly closeCode: number | null;
}

export interface GatewayEvent {
  readonly name: string;
  /** Still unparsed; the core parses it with a schema. */
  readonly payload: unknown;
}

export interface ConnectOptions {
  readonly address: GatewayAddress;
  readonly identity: DeviceIdentity;
  readonly credential: GatewayCredential;
  readonly role: 'operator';
  readonly scopes: readonly string[];
  readonly displayName: string;
}

export interface GatewayListener {
  event(event: GatewayEvent): void;
  /** Events were lost (sequence gap): re-read the lists. */
  gap(): void;
  /** Once, when an opened session ends for any reason but our own close(). */
  closed(failure: GatewayFailure): void;
}

/** One authenticated connection. It never reconnects by itself: the connection machine decides. */
export interface GatewaySession {
  readonly hello: GatewayHello;
  /** `payload` of the response, unparsed. Rejects nothing: failures are values. Default deadline 15 s. */
  request(method: string, params: unknown, deadlineMs?: number): Promise<Result<unknown, GatewayFailure>>;
  close(): Promise<void>;
}

export interface Gateway {
  createIdentity(): DeviceIdentity;
  /** One attempt: socket, challenge, hello. Has its own deadline; a gateway that says nothing is NO_ANSWER. */
  connect(
    options: ConnectOptions,
    listener: GatewayListener,
  ): Promise<Result<GatewaySession, GatewayFailure>>;
}

// ------------------------------------------------------------------ keychain

export interface SecretStore {
  readonly state: KeychainState;
  onState(listener: (state: KeychainState) => void): Stop;
  /** null = certainly not stored (the canary read back); an unreadable keychain is an error, never null. */
  get(account: string): Promise<Result<string | null>>;
  set(account: string, value: string): Promise<Result<null>>;
  delete(account: string): Promise<Result<null>>;
}

// ------------------------------------------------------------------ settings

export interface SettingsFile {
  /** Parsed and migrated; a damaged file was kept aside under `keptAside` and defaults are returned. */
  read(): { readonly settings: Settings; readonly keptAside: string | null };
  write(settings: Settings): Result<null>;
}

// ------------------------------------------------------------------ notifications

export interface NotificationAction {
  /** Opaque one-time token; the adapter hands it back untouched and knows nothing else. */
  readonly token: string;
  readonly label: string;
}

/** A notification as data. Text is already safe and bounded; the adapter still escapes its own markup. */
export interface NotificationSpec {
  /** One live notification per id; showing the same id again replaces it. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgency: 'normal' | 'critical';
  /** Deny first, Approve last; never a default. Empty when the adapter has no buttons. */
  readonly actions: readonly NotificationAction[];
  /** Token for the plain click: opens, never approves. */
  readonly openToken: string;
}

export interface NotifierCapabilities {
  readonly shows: boolean;
  readonly actions: boolean;
  /** Only fixed, app-written text may be shown (docs/PLATFORMS.md#node-notifier). */
  readonly fixedTextOnly: boolean;
}

/** Why a notification went away without an answer. `daemon-gone`: everything shown was lost, show again. */
export type GoneReason = 'dismissed' | 'expired' | 'daemon-gone';

export interface Notifier {
  readonly capabilities: NotifierCapabilities;
  onCapabilities(listener: (capabilities: NotifierCapabilities) => void): Stop;
  /** Fails when the daemon refused or is gone; the planner then shows again when it is back. */
  show(spec: NotificationSpec): Promise<Result<null>>;
  close(id: string): Promise<void>;
  /** A button or the body was pressed: hands back that action's token (or `openToken`). */
  onActivated(listener: (token: string) => void): Stop;
  onGone(listener: (id: string, reason: GoneReason) => void): Stop;
  dispose(): Promise<void>;
}

// ------------------------------------------------------------------ tray

export type TrayIcon = 'disconnected' | 'connected' | 'attention';

export type TrayEntry =
  | { readonly type: 'separator' }
  | { readonly type: 'label'; readonly label: string }
  | { readonly type: 'action'; readonly label: string; readonly enabled: boolean; readonly token: string }
  | { readonly type: 'submenu'; readonly label: string; readonly entries: readonly TrayEntry[] };

/** The whole tray as data; rendered anew on every change. */
export interface TrayModel {
  readonly icon: TrayIcon;
  /** Open requests; shown beside or on the icon where the platform can. */
  readonly count: number;
  readonly tooltip: string;
  readonly entries: readonly TrayEntry[];
}

export interface Tray {
  /** False while the desktop has no tray; the app stays reachable through its window. */
  readonly available: boolean;
  render(model: TrayModel): void;
  /** A menu entry was chosen: hands back its token. */
  onChosen(listener: (token: string) => void): Stop;
  /** The icon itself was clicked: open the window. */
  onClicked(listener: () => void): Stop;
  dispose(): Promise<void>;
}

// ------------------------------------------------------------------ host

/** The window (popover or page). */
export interface WindowHost {
  /** Brings the window up, at this request if a key is given. */
  open(requestKey: string | null): void;
  /** The owner is done with it. Only a popover goes away; elsewhere it does nothing. */
  putAway(): void;
  /** Keeps the window out of screenshots and screen sharing: on Windows, and on macOS up to 14; elsewhere it does nothing. */
  protectContent(on: boolean): void;
}

export interface PowerEvents {
  readonly screenLocked: boolean;
  onSuspend(listener: () => void): Stop;
  onResume(listener: () => void): Stop;
}
