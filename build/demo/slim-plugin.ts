/**
 * Repackages what OpenClaw's iMessage plugin brought along (zod, typebox) as one file for each way it is imported.
 * A gateway copies its plugins file by file at every start, and 2,200 of this plugin's 2,287 files are these two.
 * The plugin's own files stay as they are.
 */
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { z } from 'zod';

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** @param plugin the folder of the installed package */
export async function slimPlugin(plugin: string): Promise<void> {
  const code = await sourcesOf(join(plugin, 'dist'));
  for (const name of Object.keys((await manifestOf(plugin)).dependencies)) {
    const imports = importsOf(name, code);
    if (imports.length > 0) await repackage(plugin, name, imports);
  }
}

/** @returns every specifier under which `code` imports the package, e.g. `zod`, `zod/v4/core` */
export function importsOf(name: string, code: readonly string[]): readonly string[] {
  const specifiers = code.flatMap((text) =>
    [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] ?? ''),
  );
  const ours = specifiers.filter((specifier) => specifier === name || specifier.startsWith(`${name}/`));
  return [...new Set(ours)].toSorted();
}

async function manifestOf(folder: string): Promise<z.output<typeof manifest>> {
  return manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
}

async function sourcesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name));
  return await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
}

async function repackage(plugin: string, name: string, imports: readonly string[]): Promise<void> {
  const folder = join(plugin, 'node_modules', name);
  const slim = `${folder}.slim`;
  const files = Object.fromEntries(imports.map((specifier) => [fileOf(name, specifier), specifier]));
  await build({
    configFile: false,
    root: plugin,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: slim,
      minify: false,
      // Nothing is left out: it is the same code in fewer files.
      rolldownOptions: {
        input: files,
        treeshake: false,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
      },
    },
  });
  const { version, license } = await manifestOf(folder);
  // Only what the plugin imports can be imported: anything else fails at the start instead of running other code.
  const exports = Object.fromEntries(
    Object.entries(files).map(([file, specifier]) => [`.${specifier.slice(name.length)}`, `./${file}.js`]),
  );
  const slimManifest = { name, version, license, type: 'module', exports };
  await writeFile(join(slim, 'package.json'), `${JSON.stringify(slimManifest, null, 2)}\n`);
  await rm(folder, { recursive: true });
  await rename(slim, folder);
}

function fileOf(name: string, specifier: string): string {
  return specifier === name ? 'index' : specifier.slice(name.length + 1).replaceAll('/', '-');
}
