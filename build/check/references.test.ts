import { existsSync, globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenReferences } from './references.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = 'electron,renderer,gateway-plugin,build,e2e,docs,.github';
const kinds = 'ts,tsx,mjs,css,html,sh,py,yml,md';
/** This file plants what is not there. */
const self = 'build/check/references.test.ts';

function everything(): readonly { readonly path: string; readonly text: string }[] {
  return globSync([`{${folders}}/**/*.{${kinds}}`, `*.{${kinds}}`], { cwd: root })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path !== self)
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}

describe('the product', () => {
  it('points at nothing that is not in this repository', () => {
    const files = everything();
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['docs/GATEWAY-PROTOCOL.md', 'README.md', '.github/PULL_REQUEST_TEMPLATE.md']),
    );
    expect(brokenReferences(files, (path) => existsSync(`${root}/${path}`))).toEqual([]);
  });
});

const page = { path: 'docs/GATEWAY.md', text: '# The gateway\n\n## Ways in: who & how\n' };
const there = (path: string) =>
  ['docs/GATEWAY.md', 'docs', 'README.md', 'e2e/README.md', 'a.ts'].includes(path);

function check(path: string, text: string): readonly string[] {
  return brokenReferences([page, { path, text }], there);
}

describe('a planted reference', () => {
  it.each([
    ['electron/core/a.ts', '/** As it is (GATEWAY.md). */', 'GATEWAY.md (no such file here)'],
    ['electron/core/a.ts', '// docs/GONE.md', 'docs/GONE.md (no such file here)'],
    ['electron/core/a.ts', '// docs/GATEWAY.md#gone', 'docs/GATEWAY.md#gone (no such heading)'],
    [
      'electron/core/a.ts',
      '// ../../../elsewhere/GATEWAY.md',
      '../../../elsewhere/GATEWAY.md (no such file here)',
    ],
    [
      'electron/core/a.ts',
      '/** gateway protocol, section 3.3 */',
      'section 3 (name the page and the heading)',
    ],
    ['README.md', '[gateway](GATEWAY.md)', 'GATEWAY.md (no such file here)'],
    ['README.md', '[ways](docs/GATEWAY.md#ways)', 'docs/GATEWAY.md#ways (no such heading)'],
    ['docs/GATEWAY.md', '# Title\n[own](#gone)', '#gone (no such heading)'],
    ['docs/OTHER.md', '[up](../../README.md)', '../../README.md (no such file here)'],
  ])('%s: %s', (path, text, reason) => {
    expect(check(path, text)).toEqual([expect.stringContaining(`points at ${reason}`)]);
  });

  it.each([
    ['electron/core/a.ts', '// docs/GATEWAY.md#ways-in-who--how and docs/GATEWAY.md.'],
    ['e2e/a.spec.ts', '// See README.md.'],
    ['README.md', '[gateway](docs/GATEWAY.md) [docs](docs) [site](https://example.com/a.md) [file](a.ts)'],
    ['docs/OTHER.md', '[up](../README.md), [beside](GATEWAY.md#the-gateway)'],
  ])('that leads somewhere is fine: %s: %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});
