/**
 * The three builds, all from `vite build`: main (ESM, both hosts and the keychain child), preload (one CommonJS file,
 * as sandboxed preloads must be) and the window (its own config in renderer/).
 */
import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, defineConfig } from 'vite';

const root = import.meta.dirname;

const mainEntries = Object.fromEntries(
  [
    'electron/main/desktop.ts',
    'electron/main/browser.ts',
    'electron/adapters/node/keychain/keychain-child.ts',
  ]
    .map((file) => path.join(root, file))
    .filter((file) => existsSync(file))
    .map((file) => [path.basename(file, '.ts'), file]),
);

/** Loaded from node_modules: Electron itself, what carries binaries, and what must stay one instance. */
const external = ['electron', 'keytar', 'node-notifier'];

export default defineConfig({
  root,
  // index.html belongs to the window's own build.
  appType: 'custom',
  publicDir: false,
  environments: {
    main: {
      consumer: 'server',
      resolve: { external, noExternal: true, builtins: [/^node:/, ...builtinModules] },
      build: {
        outDir: 'dist/main',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: mainEntries,
          external: [...external, /^node:/, ...builtinModules],
          // Chunks beside the entries, so that import.meta.dirname means the same everywhere.
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { external: ['electron'], noExternal: true },
      build: {
        outDir: 'dist/preload',
        emptyOutDir: true,
        target: 'chrome130',
        minify: false,
        rolldownOptions: {
          input: path.join(root, 'electron/preload/preload.ts'),
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
      await build({ configFile: path.join(root, 'renderer/vite.config.ts') });
    },
  },
});
