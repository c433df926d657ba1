import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';

/** A test that takes longer has its own limit and says why. */
const shortMs = 5_000;
const minuteMs = 60_000;

/** Adapters that reach for nothing outside but files in a folder of their own; Electron is a double. */
const pureAdapters = [
  'electron/adapters/electron/**/*.test.ts',
  'electron/adapters/node/{gateway-config,journal,log,settings,strangers}/**/*.test.ts',
  'electron/adapters/node/gateway/{config-file,state-paths}.test.ts',
  'electron/adapters/node/keychain/{item,keychain-line,keychain-trust}.test.ts',
  'electron/adapters/node/notifications/look-here-notifier.test.ts',
  'electron/adapters/node/system/{data-directory,system}.test.ts',
  'electron/adapters/node/tray/{menu-layout,tray-pixmaps}.test.ts',
];

/** They press what is on the test desktop's screen, or take its daemons away: one at a time. */
const onTheDesktop = [
  'electron/adapters/node/notifications/{dbus-notifier,other-daemons}.test.ts',
  'electron/adapters/node/tray/{dbus-tray,other-trays}.test.ts',
];

/** Real-gateway tests of every run; and the transport guard's own, which need none and take seconds. */
const proof = [
  'gateway-plugin/{paths,silence}*.gateway.test.ts',
  'gateway-plugin/imsg-guard/executable.gateway.test.ts',
];

const everywhere = 'build/vitest/patience.fixture.ts';

/**
 * Files share processes and modules. A module that is given a double in place of one it imports is therefore imported by
 * a single test file: the next one would meet the double.
 */
const sharedProcess = {
  isolate: false,
  maxWorkers: '100%',
  setupFiles: [everywhere, 'build/vitest/shared-process.fixture.ts'],
};

/** @param limitMs of a test and of a hook; a wait in it gives up just before */
function project(
  name: string,
  limitMs: number,
  options: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      environment: 'node',
      testTimeout: limitMs,
      hookTimeout: limitMs,
      provide: { patienceMs: limitMs * 0.9 },
      expect: { poll: { timeout: limitMs * 0.9 } },
      setupFiles: [everywhere],
      ...options,
    },
  };
}

/**
 * unit: pure code, no outside world. dom: React components in happy-dom. adapters: real programs, sockets, keyrings,
 * buses and gateways, each test with its own; desktop: those that share the test desktop. Both run in it.
 * proof: nothing unlisted leaves a real gateway, and strangers hear what the silence switch says.
 * guard: the built plugin and transport guard in one, in detail; takes long and belongs to the full tier.
 *
 * Projects with other numbers of workers run one after the other, in the order of their groups.
 */
export default defineConfig({
  test: {
    projects: [
      project('unit', shortMs, {
        include: [
          'electron/{contract,core,main,preload}/**/*.test.ts',
          'build/**/*.test.ts',
          'gateway-plugin/**/*.test.ts',
          'e2e/{electron-stand-in,secret-scan}/**/*.test.ts',
          ...pureAdapters,
        ],
        exclude: ['**/*.gateway.test.ts'],
        ...sharedProcess,
      }),
      project('dom', shortMs, {
        environment: 'happy-dom',
        include: ['renderer/**/*.test.{ts,tsx}'],
        ...sharedProcess,
        setupFiles: [...sharedProcess.setupFiles, 'renderer/dom.fixture.ts'],
      }),
      project('adapters', 4 * minuteMs, {
        include: ['electron/adapters/**/*.test.ts', 'build/**/*.gateway.test.ts'],
        exclude: [...pureAdapters, ...onTheDesktop],
        // A gateway that starts, or a command of OpenClaw, on a machine that may be busy.
        hookTimeout: 5 * minuteMs,
        maxWorkers: 2,
        sequence: { groupOrder: 1 },
      }),
      project('desktop', minuteMs, {
        include: onTheDesktop,
        hookTimeout: 2 * minuteMs,
        fileParallelism: false,
        sequence: { groupOrder: 2 },
      }),
      project('proof', 10 * minuteMs, {
        include: proof,
        // Every way out at once, or a channel that restarts again and again, on a machine that may be busy.
        hookTimeout: 15 * minuteMs,
        maxWorkers: 2,
        sequence: { groupOrder: 3 },
      }),
      project('guard', 4 * minuteMs, {
        include: ['gateway-plugin/**/*.gateway.test.ts'],
        exclude: proof,
        hookTimeout: 5 * minuteMs,
        fileParallelism: false,
        sequence: { groupOrder: 4 },
      }),
    ],
  },
});
