/** Starts and ends the Chromium that shows the app's pages, with a profile of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CdpConnection } from './cdp-connection.ts';

interface Running {
  readonly cdp: CdpConnection;
  readonly child: ChildProcess;
  readonly profile: string;
}
let running: Running | null = null;

/** The connection to the browser. @throws before the app is ready */
export function browser(): CdpConnection {
  if (running === null) throw new Error('Electron is not ready yet.');
  return running.cdp;
}

/** @param switches the app's `commandLine.appendSwitch` calls */
export async function startChromium(switches: ReadonlyMap<string, string>): Promise<void> {
  const profile = mkdtempSync(path.join(tmpdir(), 'electron-stand-in-'));
  const headless = (process.env['DISPLAY'] ?? '') === '' ? ['--headless=new'] : [];
  const flags = [
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-sandbox', // the bench runs as root
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-component-extensions-with-background-pages',
    '--disable-field-trial-config',
    '--password-store=basic',
    ...headless,
    ...[...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
  ];
  const child = spawn(process.env['STAND_IN_CHROMIUM'] ?? '/usr/bin/chromium', flags, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await debuggerUrl(child);
  const cdp = await CdpConnection.open(url);
  running = { cdp, child, profile };
  // Before Playwright attaches: where downloads go is its choice, hearing of them is ours.
  await cdp.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true });
  child.once('exit', () => {
    stopChromium();
    process.exit(0);
  });
  // The line Playwright waits for before it attaches to the pages.
  process.stderr.write(`DevTools listening on ${url}\n`);
}

export function stopChromium(): void {
  if (running === null) return;
  const { child, profile } = running;
  running = null;
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.once('exit', stopChromium);

function debuggerUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = /^DevTools listening on (ws:\/\/.*)$/m.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`Chromium ended with ${String(code)}:\n${output}`));
    });
  });
}
