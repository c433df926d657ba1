/** Checks a set of source files against the import table of `layers.ts` and the house rules about files. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { circles } from './circles.ts';
import { importsOf, type Import } from './imports.ts';
import { desktopMain, layerOf, layers, portsFile, preloadElectronNames, neverShipped } from './layers.ts';
import type { Layer, LayerName } from './layers.ts';

export interface SourceFile {
  /** Repository-relative, '/'-separated. */
  readonly path: string;
  readonly text: string;
}

const maxLines = 300;
const vagueFolder = /(^|\/)(utils?|helpers?|managers?|misc|common)\//;
const focusedTest = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(only|skip|skipIf|fixme|todo)\b/;

/** One line per violation, `file:line imports X (why not)`, in file order; then files that import each other. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file.path, file.text)]));
  const eachFile = files.flatMap((file) => [
    ...importViolations(file.path, imports.get(file.path) ?? []),
    ...bundleViolations(file.path, imports),
    ...fileViolations(file),
  ]);
  return [...eachFile, ...circles(localImports(imports)).map((circle) => `${circle} is a circle`)];
}

function localImports(
  imports: ReadonlyMap<string, readonly Import[]>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...imports].map(([path, all]) => [
      path,
      all.flatMap(({ specifier }) => (specifier.startsWith('.') ? [resolve(path, specifier)] : [])),
    ]),
  );
}

function importViolations(path: string, imports: readonly Import[]): readonly string[] {
  const from = layerOf(path);
  if (from === null || neverShipped.test(path)) return [];
  return imports.flatMap((found) => {
    const reason = found.specifier.startsWith('.')
      ? localRefusal(path, from, found)
      : packageRefusal(path, from, found);
    return reason === null
      ? []
      : [`${path}:${String(found.line)} imports ${found.specifier} (${reason}). ${layers[from].advice}`];
  });
}

function localRefusal(path: string, from: LayerName, found: Import): string | null {
  const target = resolve(path, found.specifier);
  if (neverShipped.test(target) && layers[from].packages === 'any') return null; // tools do not ship, either
  if (neverShipped.test(target))
    return 'code that ships may not import tests, doubles, fixtures or tool settings';
  const to = layerOf(target);
  if (to === null || to === from) return null;
  const { imports, typesOf } = layers[from];
  if (imports.includes(to)) return null;
  if (to === 'adapters-electron' && desktopMain.test(path)) return null;
  if (typesOf.includes(to)) {
    return found.typeOnly || target === portsFile ? null : `${from} may import only types of ${to}`;
  }
  return `${from} may not import ${to}`;
}

function packageRefusal(path: string, from: LayerName, found: Import): string | null {
  const layer = layers[from];
  const name = packageName(found.specifier);
  if (isBuiltin(found.specifier)) return layer.nodeBuiltIns ? null : `${from} may not use Node built-ins`;
  if (name === 'electron') return electronRefusal(path, from, found);
  if (allowsPackage(layer, name)) return null;
  return `${from} may not use the package ${name}`;
}

/** A value import of 'electron' outside Electron starts a download, so even tools may only use its types. */
function electronRefusal(path: string, from: LayerName, found: Import): string | null {
  if (from === 'preload') {
    const allowed =
      found.names.length > 0 && found.names.every((name) => preloadElectronNames.includes(name));
    return allowed || found.typeOnly ? null : 'preload may take contextBridge and ipcRenderer only';
  }
  if (from === 'adapters-electron' || desktopMain.test(path)) return null;
  if (found.typeOnly && layers[from].nodeBuiltIns && from !== 'adapters-node') return null;
  return `${from} may not import electron`;
}

/** Follows value imports out of a bundled layer: nothing reachable may pull in a package it may not use. */
function bundleViolations(path: string, imports: ReadonlyMap<string, readonly Import[]>): readonly string[] {
  const from = layerOf(path);
  if (from === null || !layers[from].bundled || neverShipped.test(path)) return [];
  const layer = layers[from];
  const found: string[] = [];
  const seen = new Set([path]);
  const queue = [path];
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    for (const { specifier, typeOnly } of imports.get(current) ?? []) {
      if (typeOnly) continue;
      if (specifier.startsWith('.')) {
        const target = resolve(current, specifier);
        if (!seen.has(target)) queue.push(target);
        seen.add(target);
      } else if (layerOf(current) !== from && !allowsPackage(layer, packageName(specifier))) {
        found.push(`${path} pulls ${specifier} into the ${from} bundle (through ${current})`);
      }
    }
  }
  return found;
}

function fileViolations({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const lines = text.split('\n');
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (count > maxLines) found.push(`${path} has ${String(count)} lines (at most ${String(maxLines)})`);
  if (vagueFolder.test(path)) found.push(`${path} is in a folder that names nothing: say what it owns`);
  if (/\.(test|spec)\.tsx?$/.test(path)) {
    lines.forEach((line, index) => {
      const mark = focusedTest.exec(line)?.[1];
      if (mark !== undefined && !(mark === 'skip' && line.includes('@real-electron'))) {
        found.push(`${path}:${String(index + 1)} has .${mark} (a test runs or does not exist)`);
      }
    });
  }
  return found;
}

function allowsPackage(layer: Layer, name: string): boolean {
  return layer.packages === 'any' || layer.packages.includes(name);
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function resolve(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
