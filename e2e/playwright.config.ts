/**
 * End-to-end suites. `renderer`: the built window in a real browser, with the app behind the bridge played by the test.
 * `browser-host`, `desktop-host`: the built app, a real gateway and a real desktop (run them inside
 * e2e/desktop/session.sh --a11y); one worker each, because a desktop has one screen and one owner. Which flow runs on
 * which of them is said in flow-hosts.ts. `real-electron`: needs its binary instead of that desktop.
 *
 * `PORTCULLIS_TIER=full` runs every flow on both hosts. `PORTCULLIS_TRACE=1` keeps a trace of what fails: filming costs
 * more than many a test, so it is for looking into a failure.
 */
import { defineConfig } from '@playwright/test';
import { lookAgainAfter } from './fixtures/expect-soon.ts';
import type { HostOptions } from './fixtures/test.ts';
import { testsOn } from './flow-hosts.ts';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Everything is waited for by looking, so a limit only ends what hangs; it allows for a machine that is busy. */
const realGateway = { timeout: 300_000, expect: { timeout: 60_000, toPass: { intervals: lookAgainAfter } } };

export default defineConfig<object, HostOptions>({
  outputDir: '../artifacts/playwright',
  forbidOnly: true,
  workers: 1,
  timeout: 30_000,
  expect: { toPass: { intervals: lookAgainAfter } },
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath: process.env['PORTCULLIS_CHROMIUM'] ?? '/usr/bin/chromium',
      args: chromiumArgs,
    },
    // Nothing that moves is what a test here looks at, and drawing it costs more than the rest of the page.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: process.env['PORTCULLIS_TRACE'] === '1' ? 'retain-on-failure' : 'off',
  },
  projects: [
    { name: 'renderer-build', testDir: './renderer', testMatch: 'build-window.setup.ts' },
    {
      name: 'browser-host',
      testMatch: ['flows/*.spec.ts', 'browser-host/*.spec.ts'],
      grep: testsOn('browser'),
      ...realGateway,
    },
    {
      name: 'desktop-host',
      testMatch: ['flows/*.spec.ts', 'desktop-host/window.spec.ts'],
      grep: testsOn('desktop'),
      ...realGateway,
      use: { host: 'desktop' },
    },
    { name: 'stand-in', testDir: './electron-stand-in', testMatch: '*.spec.ts' },
    { name: 'real-electron', testMatch: 'desktop-host/real-electron.spec.ts', ...realGateway },
    { name: 'renderer', testDir: './renderer', dependencies: ['renderer-build'] },
  ],
});
