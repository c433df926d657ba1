/** Everything the browser host adds around the app: the loopback server and the owner's browser as its window. */
import { monotonicNow } from '../adapters/node/system/clock.ts';
import { createBrowserWindowHost } from '../adapters/node/web/browser-window-host.ts';
import { startWebServer } from '../adapters/node/web/web-server.ts';
import type { HostView } from '../contract/snapshot.ts';
import type { PowerEvents } from '../core/ports.ts';
import type { AppParts, ComposeApp } from './app.ts';
import { stopOnce } from './stop-once.ts';

export interface BrowserHostOptions {
  readonly composeApp: ComposeApp;
  readonly parts: Omit<AppParts, 'host' | 'window' | 'power' | 'quit'>;
  readonly host: Omit<HostView, 'kind'>;
  readonly rendererDir: string;
  /** 0: any free one. */
  readonly port: number;
  /** Open the owner's browser at once; otherwise only when the tray or a notification asks. */
  readonly openAtStart: boolean;
  /** Shows the owner an address that lets one tab in. */
  readonly print: (url: string) => void;
  /** A person reads what is printed. */
  readonly terminal: boolean;
  /** Everything stopped, or could not be stopped in time: ends the process. */
  readonly exit: () => void;
}

export interface BrowserHost {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Lets the owner in once more, e.g. because the app was started a second time. */
  open(): void;
  quit(): void;
}

/** Plain Node hears nothing of suspend and screen lock; the connection's own watchdog covers waking up. */
const silentPower: PowerEvents = {
  screenLocked: false,
  onSuspend: () => () => undefined,
  onResume: () => () => undefined,
};

/** Rejects when the port is taken or the window was not built. Resolves when the tray shows a first state. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { parts } = options;
  const server = await startWebServer({
    rendererDir: options.rendererDir,
    port: options.port,
    logger: parts.logger,
    now: monotonicNow,
    timers: parts.timers,
  });
  const window = createBrowserWindowHost({
    inviter: server,
    print: options.print,
    alwaysPrint: options.terminal,
  });
  const quit = stopOnce(
    async () => {
      await portcullis.stop();
      await server.stop();
      await Promise.all([parts.notifier.dispose(), parts.tray.dispose()]);
    },
    { logger: parts.logger, exit: options.exit },
  );
  const portcullis = options.composeApp({
    ...parts,
    host: { ...options.host, kind: 'browser' },
    window,
    power: silentPower,
    quit,
  });
  server.serve(portcullis);
  await portcullis.start();
  const open = (): void => {
    window.open(null);
  };
  if (options.openAtStart) open();
  else if (options.terminal || !parts.tray.available) options.print(server.invite());
  return { origin: server.origin, open, quit };
}
