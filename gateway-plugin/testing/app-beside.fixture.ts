/** The whole app in front of a guarded gateway: everything real but what the owner sees and the keychain. */
import { expect, vi } from 'vitest';
import { createStoredContacts } from '../../electron/adapters/node/approved-contacts/stored-contacts.ts';
import { createConfigRecordFile } from '../../electron/adapters/node/gateway-config/config-record-file.ts';
import { createGatewayConfigFile } from '../../electron/adapters/node/gateway-config/gateway-config-file.ts';
import { createLocalFinder } from '../../electron/adapters/node/gateway/local-finder.ts';
import { createOfficialGateway } from '../../electron/adapters/node/gateway/official-gateway.ts';
import { createGuardInstaller } from '../../electron/adapters/node/guard-setup/guard-installer.ts';
import { unavailableLoginItem } from '../../electron/adapters/node/login-item/no-login-item.ts';
import { systemCalendar } from '../../electron/adapters/node/system/local-calendar.ts';
import { systemClock } from '../../electron/adapters/node/system/clock.ts';
import { systemRandom } from '../../electron/adapters/node/system/random.ts';
import { systemTimers } from '../../electron/adapters/node/system/timers.ts';
import { ok } from '../../electron/contract/result.ts';
import { defaultSettings } from '../../electron/contract/settings.ts';
import { SecretStoreDouble, silentLogger } from '../../electron/core/gateway/outside.double.ts';
import { NotifierDouble } from '../../electron/core/notify/notifier.double.ts';
import type { Clock, Gateway } from '../../electron/core/ports.ts';
import { noAsks } from '../../electron/core/strangers/ask-state.ts';
import type { App } from '../../electron/main/app.ts';
import { composeApp } from '../../electron/main/compose.ts';
import { PowerDouble, TrayDouble } from '../../electron/main/composed-app.double.ts';
import type { GuardedGateway } from './guarded-gateway.fixture.ts';

/** More than an edit of the config waits for the gateway; a red test must not use up the others' time. */
const PATIENCE = { timeout: 180_000, interval: 50 };

export interface AppBesideOptions {
  /** Where it looks for its gateway; default: the gateway's own machine. */
  readonly env?: NodeJS.ProcessEnv;
  /** The app's own. */
  readonly clock?: Clock;
  /** Comes between the app and its gateway. */
  readonly between?: (gateway: Gateway) => Gateway;
}

/**
 * @param dataDir where the app keeps its files
 */
export async function startAppBeside(
  { gateway, plugin }: GuardedGateway,
  dataDir: string,
  { env = gateway.env, clock = systemClock, between = (real) => real }: AppBesideOptions = {},
): Promise<App> {
  const { stateDir, configPath } = gateway;
  const config = createGatewayConfigFile({ configPath: () => configPath, logger: silentLogger });
  const app = composeApp({
    host: { kind: 'browser', platform: 'linux', version: '0.1.0' },
    machineName: 'test',
    clock,
    calendar: systemCalendar,
    timers: systemTimers,
    random: systemRandom,
    logger: silentLogger,
    gateway: between(createOfficialGateway({ logger: silentLogger, appVersion: '0.1.0' })),
    finder: createLocalFinder({ logger: silentLogger, env }),
    storedContacts: createStoredContacts({ stateDir: () => stateDir, logger: silentLogger }),
    secrets: new SecretStoreDouble(),
    settings: { read: () => ({ settings: defaultSettings, keptAside: null }), write: () => ok(null) },
    journal: { append: () => undefined, recent: () => [] },
    guardInstaller: createGuardInstaller({
      logger: silentLogger,
      env,
      platform: 'linux',
      home: env['HOME'] ?? '',
      bundle: plugin,
      config,
      now: () => Date.now(),
    }),
    gatewayConfig: config,
    askHistory: { read: () => noAsks, write: () => undefined },
    loginItem: unavailableLoginItem,
    configRecord: createConfigRecordFile({ directory: dataDir, clock, logger: silentLogger }),
    notifier: new NotifierDouble(),
    tray: new TrayDouble(),
    window: { open: () => undefined, putAway: () => undefined, protectContent: () => undefined },
    power: new PowerDouble(),
    quit: () => undefined,
  });
  await app.start();
  return app;
}

/** Also outside a test. */
export async function becomes<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
  await vi.waitFor(async () => {
    expect(await read()).toEqual(expected);
  }, PATIENCE);
}
