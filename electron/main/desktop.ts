/** Entry of the desktop host: the process Electron starts. */
import path from 'node:path';
import process from 'node:process';
import { app } from 'electron';
import { openElectronStore } from '../adapters/electron/settings-store.ts';
import { createSystemLoginItem } from '../adapters/electron/system-login-item.ts';
import { startUtilityKeychainProcess } from '../adapters/electron/utility-keychain-process.ts';
import { reportCrashes } from './crash-report.ts';
import { prepareDesktop, startDesktop } from './desktop-host.ts';
import { ownPlatform } from './own-platform.ts';
import { wire } from './wiring.ts';

/** The same from electron/main and from dist/main. */
const root = path.resolve(import.meta.dirname, '../..');

const wiring = wire();
const { logger } = wiring;
reportCrashes(logger, () => {
  app.quit();
});

if (prepareDesktop(wiring.dataDir, logger)) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }
  // Not awaited at the top level: Electron is not ready before this module has run.
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      logger.log('error', 'host.start-failed', { error });
      app.exit(1);
    });
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  await startDesktop({
    composeApp: wiring.composeApp,
    parts: await wiring.openNodeParts({
      startKeychainProcess: startUtilityKeychainProcess,
      openStore: openElectronStore,
      loginItem:
        ownPlatform() === 'linux' ? null : createSystemLoginItem({ platform: ownPlatform(), appPath: root }),
      startCommand: startCommand(),
    }),
    notifier: await wiring.openNotifier('desktop'),
    tray: ownPlatform() === 'linux' ? await wiring.openTray() : null,
    platform: ownPlatform(),
    paths: {
      rendererDir: path.join(root, 'dist/renderer'),
      preloadFile: path.join(root, 'dist/preload/preload.cjs'),
      trayIconDir: path.join(root, 'assets/tray'),
    },
  });
}

/** An AppImage runs from a mount that is another one at every start. */
function startCommand(): readonly string[] {
  if (!app.isPackaged) return [process.execPath, root];
  return [process.env['APPIMAGE'] ?? process.execPath];
}
