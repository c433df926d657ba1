/**
 * End-to-end suites. `renderer`: the built window in a real browser, with the app behind the bridge played by the test.
 * `browser-host`, `desktop-host`: the built app, a real gateway and a real desktop (run them inside
 * e2e/desktop/session.sh --a11y); one worker, because a desktop has one screen and one owner. `real-electron`: needs
 * its binary instead of that desktop.
 */
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './fixtures/test.ts';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Contacts are looked for every ten seconds, and a loaded machine takes its time. */
const realGateway = { timeout: 120_000, expect: { timeout: 20_000 } };

export default defineConfig<object, HostOptions>({
  outputDir: '../artifacts/playwright',
  forbidOnly: true,
  workers: 1,
  timeout: 30_000,
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath: process.env['PORTCULLIS_CHROMIUM'] ?? '/usr/bin/chromium',
      args: chromiumArgs,
    },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'renderer-build', testDir: './renderer', testMatch: 'build-window.setup.ts' },
    { name: 'browser-host', testMatch: ['flows/*.spec.ts', 'browser-host/*.spec.ts'], ...realGateway },
    {
      name: 'desktop-host',
      testMatch: ['flows/*.spec.ts', 'desktop-host/window.spec.ts'],
      ...realGateway,
      use: { host: 'desktop' },
    },
    { name: 'stand-in', testDir: './electron-stand-in' },
    { name: 'real-electron', testMatch: 'desktop-host/real-electron.spec.ts', ...realGateway },
    { name: 'renderer', testDir: './renderer', dependencies: ['renderer-build'] },
  ],
});
