/** The JavaScript the window starts with as it is sent, compressed; next to an empty React page built the same way. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from '../setup/repository.mjs';
import { keepLines, lineOf } from './bench-line.ts';

const emptyPage = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.body).render(createElement('p'));
`;

const page = await readFile(join(root, 'dist/renderer/index.html'), 'utf8');
// Pages that are loaded when they are first opened are not named in it.
const files = globSync('dist/renderer/**/*.js', { cwd: root }).filter((file) =>
  page.includes(basename(file)),
);
const scripts = await Promise.all(files.map((file) => readFile(join(root, file))));
await keepLines('window-size', [
  lineOf({
    name: 'JavaScript the window starts with, gzip',
    unit: 'kB',
    measured: [kilobytes(scripts)],
    baseline: { name: 'an empty React page', samples: [kilobytes(await buildEmptyPage())], paired: false },
    target: { of: 'median', bound: 'at-most', value: 120 },
  }),
]);

/** @returns thousands of bytes, each file compressed on its own as a server does */
function kilobytes(contents: readonly (Uint8Array | string)[]): number {
  if (contents.length === 0) throw new Error('The window is not built.');
  return contents.reduce((sum, content) => sum + gzipSync(content).length, 0) / 1_000;
}

async function buildEmptyPage(): Promise<readonly string[]> {
  const entry = 'virtual:empty-page';
  const outcome = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, rolldownOptions: { input: entry } },
    plugins: [
      {
        name: 'empty-page',
        resolveId: (id) => (id === entry ? join(root, 'empty-page.js') : null),
        load: (id) => (id === join(root, 'empty-page.js') ? emptyPage : null),
      },
    ],
  });
  const bundles = Array.isArray(outcome) ? outcome : [outcome];
  return bundles.flatMap((bundle) =>
    'output' in bundle ? bundle.output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])) : [],
  );
}
