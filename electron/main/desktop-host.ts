/** Everything the desktop host adds around the app: window, tray, notifications, IPC and Electron's own rules. */
import process from 'node:process';
import { app, Menu, session } from 'electron';
import type { Rectangle } from 'electron';
import { appMenuTemplate } from '../adapters/electron/app-menu.ts';
import { registerAppScheme, serveAppScheme } from '../adapters/electron/app-protocol.ts';
import { ElectronNotifier } from '../adapters/electron/electron-notifier.ts';
import { ElectronTray } from '../adapters/electron/electron-tray.ts';
import { serveIpc } from '../adapters/electron/ipc-server.ts';
import { PopoverWindow } from '../adapters/electron/popover-window.ts';
import { ElectronPowerEvents } from '../adapters/electron/power-events.ts';
import { lockAllContents, lockSession } from '../adapters/electron/session-policy.ts';
import { FocusRelay } from '../adapters/node/serve/focus-relay.ts';
import { listRendererFiles } from '../adapters/node/serve/renderer-files.ts';
import { noTray } from '../adapters/node/tray/no-tray.ts';
import type { HostView } from '../contract/snapshot.ts';
import type { Logger, Notifier, Tray } from '../core/ports.ts';
import type { AppParts, ComposeApp } from './app.ts';
import { stopOnce } from './stop-once.ts';

/** The application user model id: Windows ties notifications and taskbar to it; the installer writes the same. */
const appId = 'ai.portcullis.app';

/** Windows starts this app by it when an old notification is pressed; without one it would be another at every run. */
const toastActivator = '{12AAC12C-3DFB-428F-8B61-3252667CC162}';

/**
 * Process-wide rules, before Electron is ready.
 *
 * @returns false when another Portcullis runs already: it was told to show itself, and this process must end
 */
export function prepareDesktop(dataDir: string, logger: Logger): boolean {
  app.setPath('userData', dataDir);
  app.setAppUserModelId(appId);
  if (process.platform === 'win32') app.setToastActivatorCLSID(toastActivator);
  if (!app.requestSingleInstanceLock()) return false;
  app.enableSandbox();
  registerAppScheme();
  lockAllContents(logger);
  // A tray app lives on without windows.
  app.on('window-all-closed', () => undefined);
  return true;
}

/** A tray on D-Bus is found moments after the start, not at once: opening earlier would open at every login. */
const trayPatienceMs = 2_000;

export interface DesktopHostOptions {
  readonly composeApp: ComposeApp;
  readonly parts: Omit<AppParts, 'host' | 'window' | 'tray' | 'notifier' | 'power' | 'quit'>;
  /** Instead of Electron's own: on Linux, D-Bus has real buttons. */
  readonly notifier: Notifier | null;
  /** Instead of Electron's own, on Linux: that one cannot tell whether the desktop shows it. */
  readonly tray: Tray | null;
  readonly platform: HostView['platform'];
  readonly paths: DesktopPaths;
}

/** Absolute. */
export interface DesktopPaths {
  readonly rendererDir: string;
  readonly preloadFile: string;
  readonly trayIconDir: string;
}

/** Call once Electron is ready. Resolves when the tray shows a first state. */
export async function startDesktop(options: DesktopHostOptions): Promise<void> {
  const { parts, platform, paths } = options;
  const now = (): number => parts.clock.now();
  lockSession(session.defaultSession, { logger: parts.logger, onSaving: () => window.dialogOpens() });
  serveAppScheme(session.defaultSession, listRendererFiles(paths.rendererDir));

  const { tray, bounds } = openTray(options, () => window.putAwayByClick());
  const window: PopoverWindow = new PopoverWindow({
    platform,
    preloadFile: paths.preloadFile,
    devTools: !app.isPackaged,
    wayland: platform === 'linux' && (process.env['WAYLAND_DISPLAY'] ?? '') !== '',
    trayBounds: bounds,
    now,
    logger: parts.logger,
  });
  const notifier = openNotifier(options, { now, window });
  const power = new ElectronPowerEvents(platform);
  app.dock?.hide();
  const stopLookingForTray = parts.timers.after(trayPatienceMs, () => {
    // The first time can go unheard, so soon after the start.
    if (!window.visible) app.dock?.hide();
    // Without a tray icon the window is the only way in.
    if (!tray.available) window.open();
  });
  const quit = stopOnce(
    async () => {
      stopLookingForTray();
      stopIpc();
      await portcullis.stop();
      await Promise.all([notifier.dispose(), tray.dispose()]);
      power.dispose();
      window.dispose();
    },
    {
      logger: parts.logger,
      exit: () => {
        app.exit(Number(process.exitCode ?? 0));
      },
    },
  );

  const menu = appMenuTemplate(platform, quit);
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate(menu));
  const portcullis = options.composeApp({
    ...parts,
    host: { kind: 'desktop', platform, version: app.getVersion() },
    window,
    tray,
    notifier,
    power,
    quit,
  });
  const stopIpc = serveIpc({ app: portcullis, window, focus: new FocusRelay(now), logger: parts.logger });
  app.on('second-instance', () => {
    window.open();
  });
  // macOS: a click on the app in Finder or Launchpad while it runs.
  app.on('activate', () => {
    window.open();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    quit();
  });
  await portcullis.start();
}

function openNotifier(
  { notifier, platform }: DesktopHostOptions,
  { now, window }: { readonly now: () => number; readonly window: PopoverWindow },
): Notifier {
  if (notifier !== null) return notifier;
  const own = new ElectronNotifier(platform, now);
  window.onOpened(() => {
    own.ownerLooks();
  });
  return own;
}

function openTray(
  { tray, platform, paths, parts }: DesktopHostOptions,
  interceptClick: () => boolean,
): { readonly tray: Tray; readonly bounds: () => Rectangle | null } {
  if (tray !== null || platform === 'linux') return { tray: tray ?? noTray, bounds: () => null };
  const { logger } = parts;
  const own = new ElectronTray({ platform, iconDir: paths.trayIconDir, interceptClick, logger });
  return { tray: own, bounds: () => own.bounds };
}
