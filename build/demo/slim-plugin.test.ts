import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importsOf, slimPlugin } from './slim-plugin.ts';

const run = promisify(execFile);

describe('what a plugin imports of a package', () => {
  it('is every specifier, once', () => {
    const code = [
      'import { z } from "zod"; import * as core from "zod/v4/core";import"zod/side";',
      "const late = import('zod/late'); const old = require( 'zod' ); export * from 'zod/v4/core';",
    ];
    expect(importsOf('zod', code)).toEqual(['zod', 'zod/late', 'zod/side', 'zod/v4/core']);
  });

  it('is nothing of a package whose name only begins alike, or that is only talked about', () => {
    expect(importsOf('zod', ['import "zod-to-json"; import "./zod"; const name = "zod";'])).toEqual([]);
  });
});

describe('a slimmed plugin', () => {
  let plugin: string;

  beforeEach(() => {
    plugin = mkdtempSync(join(tmpdir(), 'portcullis-slim-'));
    place('package.json', JSON.stringify(manifest('plugin', { dependencies: { words: '1.0.0' } })));
    place(
      'dist/index.js',
      'import { greet } from "words"; import loud from "words/loud"; console.log(greet(loud));',
    );
    place(
      'node_modules/words/package.json',
      JSON.stringify(
        manifest('words', { exports: { '.': './index.js', './loud': './loud.js', './never': './never.js' } }),
      ),
    );
    place(
      'node_modules/words/index.js',
      'import { state } from "./state.js"; export const greet = (word) => `${word} ${++state.calls}`;',
    );
    place(
      'node_modules/words/loud.js',
      'import { state } from "./state.js"; state.calls += 10; export default "HELLO";',
    );
    place('node_modules/words/state.js', 'export const state = { calls: 0 };');
    place('node_modules/words/never.js', 'export const never = true;');
    place('node_modules/words/types.d.ts', 'export {};');
  });

  afterEach(() => {
    rmSync(plugin, { recursive: true });
  });

  it('does what it did, with a few files', async () => {
    const before = await output();
    await slimPlugin(plugin);
    expect(await output()).toBe(before);
    expect(before).toBe('HELLO 11\n');
    const files = readdirSync(join(plugin, 'node_modules/words')).toSorted();
    expect(files).toEqual(['index.js', 'loud.js', 'package.json', expect.stringMatching(/^shared-.*\.js$/)]);
  });

  it('keeps its own files to the byte', async () => {
    const before = readFileSync(join(plugin, 'dist/index.js'));
    await slimPlugin(plugin);
    expect(readFileSync(join(plugin, 'dist/index.js'))).toEqual(before);
  });

  it('fails loudly where it would import what nobody saw it import', async () => {
    await slimPlugin(plugin);
    place('dist/index.js', 'const name = "words/never"; await import(name);');
    await expect(output()).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  async function output(): Promise<string> {
    return (await run(process.execPath, [join(plugin, 'dist/index.js')])).stdout;
  }

  function place(path: string, text: string): void {
    mkdirSync(dirname(join(plugin, path)), { recursive: true });
    writeFileSync(join(plugin, path), text);
  }

  function manifest(name: string, more: object): object {
    return { name, version: '1.0.0', type: 'module', ...more };
  }
});
