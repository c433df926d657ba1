import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { violations } from './architecture.ts';
import { sourceFiles } from './source-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function check(path: string, text: string): readonly string[] {
  return violations([{ path, text }]);
}

describe('the product', () => {
  it('keeps to the import table and the file rules', () => {
    const files = sourceFiles(root);
    expect(files.map((file) => file.path)).toContain('electron/core/ports.ts');
    expect(violations(files)).toEqual([]);
  }, 60_000);
});

describe('the check finds a planted violation', () => {
  it.each([
    ['electron/contract/a.ts', `import { x } from '../core/ports.ts';`, 'contract may not import core'],
    ['electron/core/a/b.ts', `import { readFileSync } from 'node:fs';`, 'core may not use Node built-ins'],
    ['electron/core/a/b.ts', `import { readFileSync } from 'fs';`, 'core may not use Node built-ins'],
    ['electron/core/a/b.ts', `import type { Stats } from 'node:fs';`, 'core may not use Node built-ins'],
    ['electron/core/a.ts', `const ws = await import('ws');`, 'core may not use the package ws'],
    ['electron/core/a.ts', `export * from '../adapters/node/a.ts';`, 'core may not import adapters-node'],
    ['electron/core/a.ts', `type A = import('electron').App;`, 'core may not import electron'],
    [
      'electron/adapters/node/a/b.ts',
      `import { create } from '../../../core/inbox.ts';`,
      'adapters-node may import only types of core',
    ],
    [
      'electron/adapters/node/a.ts',
      `import { type A } from '../../core/inbox.ts';`,
      'adapters-node may import only types of core',
    ],
    [
      'electron/adapters/node/a.ts',
      `import { app } from 'electron';`,
      'adapters-node may not import electron',
    ],
    ['electron/adapters/electron/a.ts', `import '../../main/desktop.ts';`, 'may not import main'],
    ['electron/main/browser.ts', `import { app } from 'electron';`, 'main may not import electron'],
    [
      'electron/main/browser.ts',
      `import { tray } from '../adapters/electron/tray.ts';`,
      'main may not import adapters-electron',
    ],
    ['electron/preload/a.ts', `import { shell } from 'electron';`, 'contextBridge and ipcRenderer only'],
    ['electron/preload/a.ts', `import * as all from 'electron';`, 'contextBridge and ipcRenderer only'],
    ['renderer/a/b.tsx', `import { x } from '../../electron/core/a.ts';`, 'renderer may not import core'],
    ['renderer/a.tsx', `import { z } from 'zod';`, 'renderer may not use the package zod'],
    ['build/a.ts', `import '../electron/main/browser.ts';`, 'build may not import main'],
    ['build/a.ts', `import electron from 'electron';`, 'build may not import electron'],
    ['electron/core/a.ts', `import './b.double.ts';`, 'may not import tests, doubles, fixtures'],
  ])('%s: %s', (path, text, reason) => {
    const found = check(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${path}:1 imports `);
    expect(found[0]).toContain(reason);
  });

  it('follows value imports out of the renderer', () => {
    const found = violations([
      { path: 'renderer/a.ts', text: `import { schema } from '../electron/contract/schemas.ts';` },
      { path: 'electron/contract/schemas.ts', text: `import { z } from 'zod';` },
    ]);
    expect(found).toEqual([
      'renderer/a.ts pulls zod into the renderer bundle (through electron/contract/schemas.ts)',
    ]);
  });

  it('names files that import each other, also for types alone', () => {
    const found = violations([
      { path: 'electron/core/a.ts', text: `import type { B } from './b/b.ts';` },
      { path: 'electron/core/b/b.ts', text: `import { c } from '../c.ts';` },
      { path: 'electron/core/c.ts', text: `import { d } from './d.ts'; import('./a.ts');` },
      { path: 'electron/core/d.ts', text: '' },
    ]);
    expect(found).toEqual([
      'electron/core/a.ts -> electron/core/b/b.ts -> electron/core/c.ts -> electron/core/a.ts is a circle',
    ]);
  });

  it.each([
    ['electron/core/long.ts', 'a;\n'.repeat(301), 'has 301 lines'],
    ['electron/core/utils/a.ts', '', 'names nothing'],
    ['electron/core/a.test.ts', 'it.on' + "ly('x', () => {});", 'has .only'],
    ['e2e/a.spec.ts', 'test.sk' + "ip('x', () => {});", 'has .skip'],
  ])('%s: %#', (path, text, reason) => {
    const found = check(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(reason);
  });
});

describe('the check lets through', () => {
  it.each([
    ['electron/core/a/b.ts', `import { z } from 'zod'; import { ok } from '../../contract/result.ts';`],
    ['electron/adapters/node/a.ts', `import type { Inbox } from '../../core/inbox.ts';`],
    ['electron/adapters/node/a.ts', `import { x } from '../../core/ports.ts'; import 'node:fs';`],
    ['electron/main/desktop.ts', `import { app } from 'electron'; import '../adapters/electron/tray.ts';`],
    ['electron/preload/a.ts', `import { contextBridge, ipcRenderer } from 'electron';`],
    ['renderer/a.tsx', `import { createRoot } from 'react-dom/client'; import './a.module.css';`],
    ['renderer/vite.config.ts', `import { defineConfig } from 'vite';`],
    ['e2e/fake-app.ts', `import { bridge } from '../renderer/bridge/bridge.double.ts';`],
    ['electron/core/a.test.ts', `import { it } from 'vitest'; import { readFileSync } from 'node:fs';`],
    ['e2e/a.spec.ts', 'test.sk' + "ip(noElectron, 'needs Electron @real-electron');"],
  ])('%s: %#', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});
