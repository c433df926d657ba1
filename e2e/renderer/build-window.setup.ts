/** Builds what the renderer specs look at: the window itself, and the script that plays the app inside the page. */
import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test as setup } from '@playwright/test';
import { build } from 'vite';
import { fakeAppDir, repoDir, windowDir } from './places.ts';

/** What the window loads to show who is waiting. */
const startLimit = 120_000;
/** Each script of a page that is loaded when it is first opened. */
const pageLimit = 20_000;

setup(
  'the window builds, starts with less than 120 kB gzip of scripts, and its pages are small',
  async () => {
    await build({
      configFile: path.join(repoDir, 'renderer/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: windowDir, emptyOutDir: true },
    });
    const assets = path.join(windowDir, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const page = readFileSync(path.join(windowDir, 'index.html'), 'utf8');
    const sizes = scripts.map((name) => ({
      atStart: page.includes(name),
      size: gzipSync(readFileSync(path.join(assets, name))).length,
    }));
    const start = sizes.filter(({ atStart }) => atStart).reduce((sum, { size }) => sum + size, 0);
    expect(start).toBeGreaterThan(0);
    expect(start).toBeLessThanOrEqual(startLimit);
    for (const { size } of sizes.filter(({ atStart }) => !atStart))
      expect(size).toBeLessThanOrEqual(pageLimit);
  },
);

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
