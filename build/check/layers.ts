/**
 * The import table: which part of the product may know which other part. One copy, read by `eslint.config.js` (fast
 * feedback while typing) and by `architecture.test.ts` (resolved paths, so nothing slips past a spelling).
 */

export type LayerName =
  | 'contract'
  | 'core'
  | 'adapters-node'
  | 'adapters-electron'
  | 'main'
  | 'preload'
  | 'renderer'
  | 'gateway-plugin'
  | 'build'
  | 'e2e';

export interface Layer {
  /** Repository-relative folder, '/'-separated. */
  readonly folder: string;
  /** Layers it may import freely, besides itself. */
  readonly imports: readonly LayerName[];
  /** Layers it may import with `import type` only. */
  readonly typesOf: readonly LayerName[];
  /** Packages it may import by value (types of them come along); 'any' for tools that never ship. */
  readonly packages: readonly string[] | 'any';
  readonly nodeBuiltIns: boolean;
  /** Packages hold for everything reachable through value imports: this layer ends up in a small bundle. */
  readonly bundled: boolean;
  /** Said to whoever breaks the table. */
  readonly advice: string;
}

const nodePackages = [
  '@openclaw/gateway-client',
  'conf',
  'dbus-native',
  'json5',
  'jsonc-parser',
  'keytar',
  'node-notifier',
  'ws',
  'zod',
] as const;

export const layers: Readonly<Record<LayerName, Layer>> = {
  contract: {
    folder: 'electron/contract',
    imports: [],
    typesOf: [],
    packages: ['zod', 'libphonenumber-js', '@noble/hashes', '@scure/bip39'],
    nodeBuiltIns: false,
    bundled: false,
    advice: 'The contract knows nobody: it is what all sides share.',
  },
  core: {
    folder: 'electron/core',
    imports: ['contract'],
    typesOf: [],
    packages: ['zod'],
    nodeBuiltIns: false,
    bundled: false,
    advice: 'The core is pure: reach the outside through a port in electron/core/ports.ts.',
  },
  'adapters-node': {
    folder: 'electron/adapters/node',
    imports: ['contract'],
    typesOf: ['core'],
    packages: nodePackages,
    nodeBuiltIns: true,
    bundled: false,
    advice:
      'Node adapters implement ports: contract freely, core by `import type` (or ports.ts); logic is handed in by main.',
  },
  'adapters-electron': {
    folder: 'electron/adapters/electron',
    imports: ['contract', 'adapters-node'],
    typesOf: ['core'],
    packages: [...nodePackages, 'electron', 'electron-store'],
    nodeBuiltIns: true,
    bundled: false,
    advice:
      'Electron adapters implement ports: contract and Node adapters freely, core by `import type` (or ports.ts).',
  },
  main: {
    folder: 'electron/main',
    imports: ['contract', 'core', 'adapters-node'],
    typesOf: [],
    packages: ['zod'],
    nodeBuiltIns: true,
    bundled: false,
    advice: 'main composes; only electron/main/desktop*.ts may touch Electron. Nothing imports main.',
  },
  preload: {
    folder: 'electron/preload',
    imports: ['contract'],
    typesOf: [],
    packages: ['electron'],
    nodeBuiltIns: false,
    bundled: true,
    advice: 'The preload holds no logic: the contract, contextBridge and ipcRenderer, nothing else.',
  },
  renderer: {
    folder: 'renderer',
    imports: ['contract'],
    typesOf: [],
    packages: ['react', 'react-dom', 'radix-ui', 'lucide-react', 'qrcode-generator'],
    nodeBuiltIns: false,
    bundled: true,
    advice: 'The window sees the contract only; ask for more through a command in electron/contract/api.ts.',
  },
  'gateway-plugin': {
    folder: 'gateway-plugin',
    imports: ['contract'],
    typesOf: [],
    packages: ['zod'],
    nodeBuiltIns: true,
    bundled: false,
    advice:
      'The plugin runs inside the gateway: it shares the policy in electron/contract/guard and nothing else.',
  },
  build: {
    folder: 'build',
    imports: ['contract', 'core', 'adapters-node', 'e2e'],
    typesOf: ['adapters-electron'],
    packages: 'any',
    nodeBuiltIns: true,
    bundled: false,
    advice: 'Tools start the built app as a process; they never import main, preload or the renderer.',
  },
  e2e: {
    folder: 'e2e',
    imports: ['contract', 'build'],
    typesOf: ['core'],
    packages: 'any',
    nodeBuiltIns: true,
    bundled: false,
    advice: 'End-to-end tests drive the built app from outside; they may share the contract and build/.',
  },
};

/** Value imports of core allowed to everybody who may use its types. */
export const portsFile = 'electron/core/ports.ts';

/** The only files of main that know Electron (and its adapters). */
export const desktopMain = /^electron\/main\/desktop[^/]*\.ts$/;

/** What a preload script may take from Electron. */
export const preloadElectronNames: readonly string[] = ['contextBridge', 'ipcRenderer'];

/** Tests, doubles, fixtures and tool settings stand outside the table, and shipped code never imports them. */
export const neverShipped = /\.(test|suite|spec|double|fixture|arbitrary|config)\.tsx?$/;

export function layerOf(path: string): LayerName | null {
  const entries = Object.entries(layers) as [LayerName, Layer][];
  return entries.find(([, layer]) => path.startsWith(`${layer.folder}/`))?.[0] ?? null;
}
