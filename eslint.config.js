/**
 * Lint rules. The import table itself lives in build/check/layers.ts; here it becomes editor feedback, and
 * build/check/architecture.test.ts enforces it on resolved paths.
 */
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { layers, portsFile } from './build/check/layers.ts';

const typescriptFiles = ['**/*.ts', '**/*.tsx'];
const toolFiles = ['*.js', '*.ts', 'build/**', 'e2e/**'];
const testFiles = ['test', 'suite', 'spec', 'double', 'fixture', 'arbitrary'].flatMap((kind) => [
  `**/*.${kind}.ts`,
  `**/*.${kind}.tsx`,
]);
const configFiles = ['*.config.js', '**/*.config.ts'];

/** Ambient authority: in pure code each of these is a port (electron/core/ports.ts). */
const impureGlobals = [
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
  ...[
    'queueMicrotask',
    'requestAnimationFrame',
    'Date',
    'performance',
    'console',
    'process',
    'fetch',
    'crypto',
  ],
  ...['WebSocket', 'Buffer', 'globalThis', 'window', 'document', 'navigator', 'localStorage'],
].map((name) => ({ name, message: 'Pure code gets this through a port: electron/core/ports.ts.' }));

/** Matches a relative path from one layer into another: up to the folder they share, then down. */
function into(from, to) {
  const up = from.split('/');
  const down = to.split('/');
  while (up[0] === down[0]) {
    up.shift();
    down.shift();
  }
  return `^(?:\\.\\./)+${down.join('/')}/`;
}

/** One row of the import table as `no-restricted-imports` options. */
function restrictedImports(name) {
  const layer = layers[name];
  const ownElectron = layer.packages.includes('electron');
  const packages = layer.packages.map((each) => `${each}(?:/|$)`);
  if (layer.nodeBuiltIns) packages.push('node:');
  const others = Object.keys(layers).filter((other) => other !== name && !layer.imports.includes(other));
  const allowedPorts = portsFile.split('/').pop()?.replace('.', '\\.');
  return {
    patterns: [
      {
        regex: `^(?!\\.|${packages.join('|')})`,
        message: layer.advice,
        allowTypeImports: name === 'main' && !ownElectron,
      },
      ...others.map((other) => ({
        regex: layer.typesOf.includes(other)
          ? `${into(layer.folder, layers[other].folder)}(?!${allowedPorts}$)`
          : into(layer.folder, layers[other].folder),
        message: layer.advice,
        allowTypeImports: layer.typesOf.includes(other),
      })),
      ...(name === 'preload'
        ? [
            {
              regex: '^electron$',
              importNamePattern: '^(?!contextBridge$|ipcRenderer$)',
              message: layer.advice,
            },
          ]
        : []),
    ],
  };
}

const importTable = Object.keys(layers)
  .filter((name) => layers[name].packages !== 'any')
  .map((name) => ({
    files: [`${layers[name].folder}/**/*.ts`, `${layers[name].folder}/**/*.tsx`],
    ignores: [...testFiles, ...configFiles, 'electron/main/desktop*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', restrictedImports(name)] },
  }));

export default tseslint.config(
  { ignores: ['dist', 'artifacts', 'node_modules', '.cache'] },
  js.configs.recommended,
  { languageOptions: { globals: globals.node } },
  {
    files: typescriptFiles,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      // One program for all: faster than one per layer, with the same findings.
      parserOptions: { project: ['./build/check/tsconfig.lint.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-definitions': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A port method is async by contract, whether or not this implementation has to wait.
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name everywhere.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        {
          selector: 'PropertyDefinition[accessibility="private"], MethodDefinition[accessibility="private"]',
          message: 'Use #private: it is private at run time, too.',
        },
      ],
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  ...importTable,
  {
    files: ['electron/core/**/*.ts', 'electron/contract/**/*.ts'],
    ignores: testFiles,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Chance is a port: Random in electron/core/ports.ts.',
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: { globals: globals.browser },
    // Props are plain objects of functions, whatever syntax their type uses.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: toolFiles,
    rules: { 'no-console': 'off' },
  },
  {
    files: testFiles,
    rules: {
      // vitest's asymmetric matchers (expect.any) are typed any; a double may do nothing on purpose.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: configFiles,
    rules: { 'no-restricted-syntax': 'off' },
  },
);
