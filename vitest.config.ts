import { defineConfig } from 'vitest/config';

/** Real-gateway tests of every run; and the transport guard's own, which need none and take seconds. */
const proof = [
  'gateway-plugin/{paths,silence}*.gateway.test.ts',
  'gateway-plugin/imsg-guard/executable.gateway.test.ts',
];

/**
 * unit: pure code, no outside world. adapters: real keyring, notification daemon, tray host and gateway; run inside
 * the desktop bench by build/test. proof: nothing unlisted leaves a real gateway, and strangers hear what the silence switch says.
 * guard: the built plugin and transport guard in one, in detail. dom: React components in happy-dom.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'electron/{contract,core,main,preload}/**/*.test.ts',
            'build/**/*.test.ts',
            'gateway-plugin/**/*.test.ts',
            'e2e/secret-scan/**/*.test.ts',
          ],
          exclude: ['**/*.gateway.test.ts'],
          // Slow machines: a test of thousands of files or lines is no sign of a hang.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'adapters',
          environment: 'node',
          include: ['electron/adapters/**/*.test.ts', 'build/**/*.gateway.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'proof',
          environment: 'node',
          include: proof,
          // Every way out at once, or twenty restarts of a channel, on a machine that may be busy.
          testTimeout: 600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'guard',
          environment: 'node',
          include: ['gateway-plugin/**/*.gateway.test.ts'],
          exclude: proof,
          testTimeout: 240_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
