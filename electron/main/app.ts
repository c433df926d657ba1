/** The seam between a host (desktop or browser) and the app it hosts: what goes into the composition, what comes out. */
import type { ServedApp } from '../contract/served-app.ts';
import type { HostView } from '../contract/snapshot.ts';
import type {
  Clock,
  Gateway,
  GatewayFinder,
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
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
  readonly gateway: Gateway;
  readonly finder: GatewayFinder;
  readonly secrets: SecretStore;
  readonly settings: SettingsFile;
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
