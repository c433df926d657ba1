/** Builds dist/gateway-plugin: a self-contained OpenClaw plugin and the transport guard, one file each. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('../gateway-plugin/', import.meta.url));
const defaultOutDir = resolve(here, '../dist/gateway-plugin');

const bundles = [
  { entry: join(here, 'plugin/index.ts'), file: 'index.js' },
  { entry: join(here, 'imsg-guard/main.ts'), file: 'imsg-guard.js' },
] as const;

/** @returns the folder that can be given to `openclaw plugins install --link` */
export async function buildGatewayPlugin(outDir: string = defaultOutDir): Promise<string> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  for (const { entry, file } of bundles) {
    await build({
      configFile: false,
      root: here,
      logLevel: 'warn',
      // Everything but Node itself goes in: the gateway resolves nothing for us.
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: entry,
        target: 'node24',
        outDir,
        emptyOutDir: false,
        minify: false,
        rolldownOptions: { output: { format: 'es', entryFileNames: file, codeSplitting: false } },
      },
    });
  }
  for (const name of ['openclaw.plugin.json', 'package.json'])
    await copyFile(join(here, name), join(outDir, name));
  return outDir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await buildGatewayPlugin()}\n`);
}
