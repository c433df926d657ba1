/** The seam between a host (desktop or browser) and the app it hosts: what goes into the composition, what comes out. */
import type { ForkOptions, KeychainProcess } from '../adapters/node/keychain/keychain-process.ts';
import type { OpenStore } from '../adapters/node/settings/document-file.ts';
import type { FirstInstance } from '../adapters/node/system/single-instance.ts';
import type { ServedApp } from '../contract/served-app.ts';
import type { HostView } from '../contract/snapshot.ts';
import type { ConfigRecordFile, GatewayConfigFile } from '../core/config-ports.ts';
import type { Journal } from '../core/journal/ports.ts';
import type { GuardInstaller } from '../core/guard-ports.ts';
import type { AskHistoryFile } from '../core/strangers/ports.ts';
import type { LoginItem } from '../core/login-item-ports.ts';
import type { StoredContacts } from '../core/people-ports.ts';
import type {
  Clock,
  Gateway,
  GatewayFinder,
  LocalCalendar,
  Logger,
  Notifier,
  PowerEvents,
  Random,
  SecretStore,
  SettingsFile,
  Timers,
  Tray,
  WindowHost,
} from '../core/ports.ts';

/** Everything outside the core, one object per port. The caller disposes of what it made, after `App.stop()`. */
export interface AppParts {
  readonly host: HostView;
  /** Tells this installation from the owner's others in the gateway's list of devices. */
  readonly machineName: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly calendar: LocalCalendar;
  readonly random: Random;
  readonly logger: Logger;
  readonly gateway: Gateway;
  readonly finder: GatewayFinder;
  readonly storedContacts: StoredContacts;
  readonly secrets: SecretStore;
  readonly settings: SettingsFile;
  readonly journal: Journal;
  readonly askHistory: AskHistoryFile;
  readonly guardInstaller: GuardInstaller;
  readonly gatewayConfig: GatewayConfigFile;
  readonly configRecord: ConfigRecordFile;
  readonly loginItem: LoginItem;
  readonly notifier: Notifier;
  readonly tray: Tray;
  readonly window: WindowHost;
  readonly power: PowerEvents;
  /** Asks the host to end: it calls `App.stop()` and leaves. */
  readonly quit: () => void;
}

export interface App extends ServedApp {
  /** Resolves when the tray shows a first state; connecting goes on after that. */
  start(): Promise<void>;
  /** Ends everything under way. Nothing is approved or denied by stopping. */
  stop(): Promise<void>;
}

export type ComposeApp = (parts: AppParts) => App;

/** Ports both hosts take from plain Node; window, tray, notifier and power are the host's own. */
export type NodeParts = Pick<
  AppParts,
  | 'machineName'
  | 'clock'
  | 'timers'
  | 'calendar'
  | 'random'
  | 'logger'
  | 'gateway'
  | 'finder'
  | 'storedContacts'
  | 'secrets'
  | 'settings'
  | 'journal'
  | 'askHistory'
  | 'guardInstaller'
  | 'gatewayConfig'
  | 'configRecord'
  | 'loginItem'
>;

/** What Electron puts in place of plain Node's. */
export interface HostMakings {
  readonly startKeychainProcess: (child: ForkOptions) => KeychainProcess;
  readonly openStore: OpenStore;
  /** Null: as plain Node does it. */
  readonly loginItem: LoginItem | null;
  /** Program and arguments that start this app, absolute. */
  readonly startCommand: readonly string[];
}

/** Everything the two entries need that no host code knows: one object, made in wiring.ts. */
export interface Wiring {
  readonly composeApp: ComposeApp;
  /** Absolute; the same for both hosts. */
  readonly dataDir: string;
  readonly logger: Logger;
  /**
   * Browser host only (Electron has its own lock).
   * @returns null when another Portcullis has this data directory: it was told, and this process must end
   */
  claimDataDir(onSecondStart: () => void): Promise<FirstInstance | null>;
  /** @param makings null: plain Node's own (fork and conf) */
  openNodeParts(makings: HostMakings | null): Promise<NodeParts>;
  /** Linux desktops: D-Bus. Null in the desktop host on macOS and Windows: Electron's own is used. */
  openNotifier(host: 'desktop' | 'browser'): Promise<Notifier | null>;
  /** A StatusNotifierItem (for both hosts on Linux), or a tray that is never available. */
  openTray(): Promise<Tray>;
}
