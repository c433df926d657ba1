/** Chooses the adapters behind the ports, for both hosts. The entries know nothing of them. */
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import packageFile from '../../package.json' with { type: 'json' };
import { createStoredContacts } from '../adapters/node/approved-contacts/stored-contacts.ts';
import { SessionBus } from '../adapters/node/dbus/session-bus.ts';
import { createConfigRecordFile } from '../adapters/node/gateway-config/config-record-file.ts';
import { createGatewayConfigFile } from '../adapters/node/gateway-config/gateway-config-file.ts';
import { createGuardInstaller } from '../adapters/node/guard-setup/guard-installer.ts';
import { createLocalFinder } from '../adapters/node/gateway/local-finder.ts';
import { resolveStatePaths } from '../adapters/node/gateway/state-paths.ts';
import { createOfficialGateway } from '../adapters/node/gateway/official-gateway.ts';
import { Keychain } from '../adapters/node/keychain/keychain.ts';
import { forkKeychainProcess, keychainChildPath } from '../adapters/node/keychain/keychain-process.ts';
import { noKeychain } from '../adapters/node/keychain/no-keychain.ts';
import { createAutostartFile } from '../adapters/node/login-item/autostart-file.ts';
import { unavailableLoginItem } from '../adapters/node/login-item/no-login-item.ts';
import { FileJournal } from '../adapters/node/journal/file-journal.ts';
import { FileLog } from '../adapters/node/log/file-log.ts';
import { openNotifier } from '../adapters/node/notifications/open-notifier.ts';
import { openConfStore } from '../adapters/node/settings/conf-store.ts';
import { openAskHistoryFile } from '../adapters/node/strangers/ask-history-file.ts';
import { openSettingsFile } from '../adapters/node/settings/settings-file.ts';
import { systemClock } from '../adapters/node/system/clock.ts';
import { appName, dataDirectory } from '../adapters/node/system/data-directory.ts';
import { systemCalendar } from '../adapters/node/system/local-calendar.ts';
import { systemRandom } from '../adapters/node/system/random.ts';
import { claimSingleInstance } from '../adapters/node/system/single-instance.ts';
import { systemTimers } from '../adapters/node/system/timers.ts';
import { DbusTray } from '../adapters/node/tray/dbus-tray.ts';
import { noTray } from '../adapters/node/tray/no-tray.ts';
import { readTrayPixmaps } from '../adapters/node/tray/tray-pixmaps.ts';
import type { GatewayConfigFile } from '../core/config-ports.ts';
import { fail, ok } from '../contract/result.ts';
import type { GuardInstaller } from '../core/guard-ports.ts';
import type { LoginItem } from '../core/login-item-ports.ts';
import { createRedactor } from '../core/log/redact.ts';
import { settingsFormat } from '../core/settings/settings-model.ts';
import { askStateSchema, noAsks } from '../core/strangers/ask-state.ts';
import type { HostMakings, NodeParts, Wiring } from './app.ts';
import { composeApp } from './compose.ts';
import { chooseLogLevel } from './log-level.ts';
import { notificationIcon } from './notification-icon.ts';
import { ownPlatform } from './own-platform.ts';

/** The same from electron/main and from dist/main. */
const assets = path.resolve(import.meta.dirname, '../../assets');
/** `.ts` in the sources, `.js` when built. */
const ownExtension = path.extname(import.meta.filename);
/** The guard plugin this app brings, built; the same from both, too. */
const guardBundle = path.resolve(import.meta.dirname, '../../dist/gateway-plugin');

export function wire(): Wiring {
  const platform = ownPlatform();
  const home = os.homedir();
  const dataDir = dataDirectory({ platform, env: process.env, home });
  const level = chooseLogLevel(process.env['PORTCULLIS_LOG']);
  const logger = new FileLog({
    directory: path.join(dataDir, 'logs'),
    redactor: createRedactor({ home }),
    clock: systemClock,
    lowest: level.lowest,
  });
  if (level.notUnderstood !== null) {
    logger.log('warn', 'log.level-not-understood', { asked: level.notUnderstood });
  }
  // One connection for notifications and tray: what asks for it first opens it.
  let bus: SessionBus | null = null;
  const sessionBus = (): SessionBus => (bus ??= new SessionBus(logger));

  return {
    composeApp,
    dataDir,
    logger,
    async claimDataDir(onSecondStart) {
      const claim = await claimSingleInstance({
        directory: dataDir,
        platform,
        temporaryDirectory: process.env['XDG_RUNTIME_DIR'] ?? os.tmpdir(),
        onOpen: onSecondStart,
      });
      return claim.kind === 'first' ? claim : null;
    },
    openNodeParts: async (makings) => openNodeParts(makings, { dataDir, logger, platform }),
    async openNotifier(host) {
      if (host === 'desktop' && platform !== 'linux') return null;
      return openNotifier(
        platform,
        sessionBus(),
        { appName, desktopEntry: 'portcullis', icon: notificationIcon(assets) },
        logger,
      );
    },
    async openTray() {
      if (platform !== 'linux') return noTray;
      return new DbusTray(
        sessionBus(),
        readTrayPixmaps(path.join(assets, 'tray/pixmaps.json')),
        appName,
        logger,
      );
    },
  };
}

interface Place {
  readonly dataDir: string;
  readonly logger: NodeParts['logger'];
  readonly platform: ReturnType<typeof ownPlatform>;
}

function openNodeParts(makings: HostMakings | null, { dataDir, logger, platform }: Place): NodeParts {
  const start = makings?.startKeychainProcess ?? forkKeychainProcess;
  const gatewayConfig = openGatewayConfig(logger);
  const openStore = makings?.openStore ?? openConfStore;
  return {
    machineName: os.hostname(),
    clock: systemClock,
    timers: systemTimers,
    calendar: systemCalendar,
    random: systemRandom,
    logger,
    gateway: createOfficialGateway({ logger, appVersion: packageFile.version }),
    finder: createLocalFinder({ logger }),
    storedContacts: createStoredContacts({
      stateDir: () => resolveStatePaths({ env: process.env, home: os.homedir() }).stateDir,
      logger,
    }),
    secrets:
      process.env['PORTCULLIS_SECRETS'] === 'session'
        ? noKeychain
        : new Keychain({
            spawn: () => start({ script: keychainChildPath(), env: process.env }),
            timers: systemTimers,
            logger,
            platform,
          }),
    journal: new FileJournal({ directory: path.join(dataDir, 'journal'), clock: systemClock, logger }),
    settings: openSettingsFile({
      directory: dataDir,
      openStore,
      format: settingsFormat,
      clock: systemClock,
      logger,
    }),
    askHistory: openAskHistoryFile({
      directory: dataDir,
      openStore,
      parse: (document) => {
        const read = askStateSchema.safeParse(document);
        return read.success ? ok(read.data) : fail(read.error);
      },
      empty: noAsks,
      clock: systemClock,
      logger,
    }),
    guardInstaller: openGuardInstaller(platform, logger, gatewayConfig),
    gatewayConfig,
    configRecord: createConfigRecordFile({ directory: dataDir, clock: systemClock, logger }),
    loginItem: makings?.loginItem ?? openLoginItem(platform, makings?.startCommand ?? browserStartCommand()),
  };
}

function openLoginItem(platform: NodeJS.Platform, command: readonly string[]): LoginItem {
  if (platform !== 'linux') return unavailableLoginItem;
  const configDir = process.env['XDG_CONFIG_HOME'];
  return createAutostartFile({
    configDir: configDir === undefined || configDir === '' ? path.join(os.homedir(), '.config') : configDir,
    command,
  });
}

/** Nobody wants a browser tab at every login: it opens from the tray or a notification. */
function browserStartCommand(): readonly string[] {
  return [process.execPath, path.join(import.meta.dirname, `browser${ownExtension}`), '--no-open'];
}

/** The config is looked for anew each time: OpenClaw's own variables name it. */
function openGatewayConfig(logger: NodeParts['logger']): GatewayConfigFile {
  const home = os.homedir();
  return createGatewayConfigFile({
    configPath: () => resolveStatePaths({ env: process.env, home }).configPath,
    logger,
  });
}

function openGuardInstaller(
  platform: NodeJS.Platform,
  logger: NodeParts['logger'],
  config: GatewayConfigFile,
): GuardInstaller {
  return createGuardInstaller({
    logger,
    env: process.env,
    platform,
    home: os.homedir(),
    bundle: guardBundle,
    config,
    now: () => systemClock.now(),
  });
}
