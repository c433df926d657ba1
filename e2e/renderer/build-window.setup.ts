/** Builds what the renderer specs look at: the window itself, and the script that plays the app inside the page. */
import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test as setup } from '@playwright/test';
import { build } from 'vite';
import { fakeAppDir, repoDir, windowDir } from './places.ts';

const gzipLimit = 120_000;

setup('the window builds and its scripts stay below 120 kB gzip', async () => {
  await build({ configFile: path.join(repoDir, 'renderer/vite.config.ts'), logLevel: 'warn' });
  const assets = path.join(windowDir, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const size = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name))).length, 0);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(gzipLimit);
});

setup('the script that plays the app builds', async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: fakeAppDir,
      emptyOutDir: true,
      lib: {
        entry: path.join(import.meta.dirname, 'fake-app.ts'),
        formats: ['iife'],
        name: 'fakeApp',
        fileName: () => 'fake-app.js',
      },
    },
  });
});
