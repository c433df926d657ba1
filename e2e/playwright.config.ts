/** End-to-end suites. `renderer`: the built window in a real browser, with the app behind the bridge played by the test. */
import { defineConfig } from '@playwright/test';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  outputDir: '../artifacts/playwright',
  forbidOnly: true,
  workers: 2,
  timeout: 30_000,
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: '/usr/bin/chromium', args: chromiumArgs },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'renderer-build', testDir: './renderer', testMatch: 'build-window.setup.ts' },
    { name: 'renderer', testDir: './renderer', dependencies: ['renderer-build'] },
  ],
});
