/** First code of the stand-in: makes `electron` importable, lets Playwright's loader in, then runs the app's main file. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { maskPlatform } from './acting.ts';
import { api } from './api.ts';
import { app } from './app.ts';
import { startChromium } from './chromium.ts';

const apiUrl = 'stand-in:electron';
Object.assign(globalThis, { __electronStandIn: api });

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: apiUrl, format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === apiUrl ? { format: 'module', source: apiModule(), shortCircuit: true } : next(url, context),
});

/** Named exports for `import { app } from 'electron'`, a default for `import electron from 'electron'`. */
function apiModule(): string {
  const names = Object.keys(api).map((name) => `export const ${name} = api.${name};`);
  return ['const api = globalThis.__electronStandIn;', 'export default api;', ...names].join('\n');
}

/** What Electron's own process reports, as far as programs look at it. */
maskPlatform();
Object.defineProperty(process, 'type', { value: 'browser' });
Object.assign(process.versions, { electron: '0.0.0-stand-in', chrome: '0' });

const target = path.resolve(process.argv[2] ?? '.');
const entry = entryOf(target);
process.argv.splice(1, 1); // [electron, app, ...arguments], as Electron has it
loadPlaywright();

app.start(startChromium);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  // As in Electron: the default, which an app's own listener takes over.
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) app.exit(0);
  });
}
import(pathToFileURL(entry).href).catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});

function entryOf(target: string): string {
  if (!statSync(target).isDirectory()) {
    app.describe(path.dirname(target), {});
    return target;
  }
  const manifest = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  app.describe(target, manifest);
  return path.join(target, manifest['main'] ?? 'index.js');
}

/** The loader cuts its own flag, and everything before it, off `process.argv`; here that flag is not there. */
function loadPlaywright(): void {
  const loader = process.env['STAND_IN_PRELOAD'] ?? '';
  if (loader === '') return;
  const before = [...process.argv];
  process.argv.push('--remote-debugging-port=0');
  createRequire(import.meta.url)(loader);
  process.argv.splice(0, process.argv.length, ...before);
}
