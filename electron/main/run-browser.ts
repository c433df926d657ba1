/** The browser host: Portcullis in plain Node, its window in the owner's browser. */
import path from 'node:path';
import process from 'node:process';
import packageFile from '../../package.json' with { type: 'json' };
import { parseBrowserArguments, browserUsage } from './browser-arguments.ts';
import type { BrowserArguments } from './browser-arguments.ts';
import { startBrowserHost } from './browser-host.ts';
import type { BrowserHost } from './browser-host.ts';
import { reportCrashes } from './crash-report.ts';
import { ownPlatform } from './own-platform.ts';
import { wire } from './wiring.ts';

const root = path.resolve(import.meta.dirname, '../..');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run({ port, openAtStart }: BrowserArguments): Promise<void> {
  const wiring = wire();
  let host: BrowserHost | null = null;
  const quit = (): void => {
    if (host === null) process.exit();
    host.quit();
  };
  reportCrashes(wiring.logger, quit);
  const claim = await wiring.claimDataDir(() => host?.open());
  if (claim === null) {
    say('Portcullis is running already; it was asked to show its window.');
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  const [nodeParts, notifier, tray] = await Promise.all([
    wiring.openNodeParts(null),
    wiring.openNotifier('browser'),
    wiring.openTray(),
  ]);
  if (notifier === null) throw new Error('The browser host has no notifier.');
  host = await startBrowserHost({
    composeApp: wiring.composeApp,
    parts: { ...nodeParts, notifier, tray },
    host: { platform: ownPlatform(), version: packageFile.version },
    rendererDir: path.join(root, 'dist/renderer'),
    port,
    openAtStart,
    print: (url) => {
      say(`Open Portcullis in your browser (this address works once, for five minutes): ${url}`);
    },
    terminal: process.stdout.isTTY,
    exit: () => {
      void claim.release().finally(() => process.exit());
    },
  });
  say(`Portcullis is running at ${host.origin}. Press Ctrl-C to end it.`);
}

const parsed = parseBrowserArguments(process.argv.slice(2));
if (parsed.ok) {
  run(parsed.value).catch((error: unknown) => {
    process.stderr.write(
      `Portcullis could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  });
} else {
  say(`${parsed.error}\n${browserUsage}`);
  process.exitCode = 64;
}
