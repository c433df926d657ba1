/** Finds the product's TypeScript sources. */
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import type { SourceFile } from './architecture.ts';

const folders = ['electron', 'renderer', 'build', 'e2e', 'gateway-plugin'];

/** @param root absolute path of the repository */
export function sourceFiles(root: string): readonly SourceFile[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' },
  )
    .map((path) => ({
      path: path.split(sep).join('/'),
      text: readFileSync(`${root}/${path}`, 'utf8'),
    }))
    .sort((a, b) => a.path.localeCompare(b.path));
}
