/** The guard this app brings: the built plugin and transport guard (dist/gateway-plugin). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifestName = 'openclaw.plugin.json';
const manifest = z.looseObject({ id: z.string(), version: z.string().regex(/^[\w.+-]{1,64}$/) });

export const pluginId = 'portcullis-guard';
const pluginFiles = [manifestName, 'package.json', 'index.js'] as const;
export const transportFile = 'imsg-guard.js';

/** Empty when this app brings none, as in a source tree that was never built. */
export function broughtVersion(folder: string): string {
  try {
    return readManifest(readFileSync(join(folder, manifestName), 'utf8'));
  } catch {
    return '';
  }
}

/** The id of a plugin in a folder, or null. */
export async function pluginIn(folder: string): Promise<string | null> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8'))).id;
  } catch {
    return null;
  }
}

export interface BroughtFiles {
  /** Version and fingerprint: another build never has the same name, so a folder is never half old. */
  readonly build: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
}

/** @throws when the app brings none */
export async function broughtPlugin(folder: string): Promise<BroughtFiles> {
  return await readBuild(folder, pluginFiles);
}

/** @throws when the app brings none */
export async function broughtTransport(folder: string): Promise<BroughtFiles> {
  return await readBuild(folder, [transportFile]);
}

async function readBuild(folder: string, names: readonly string[]): Promise<BroughtFiles> {
  const version = readManifest(await readFile(join(folder, manifestName), 'utf8'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(folder, name)) })),
  );
  const hash = createHash('sha256');
  for (const { content } of files) hash.update(content);
  return { build: `${version}-${hash.digest('hex').slice(0, 12)}`, files };
}

function readManifest(text: string): string {
  return manifest.parse(JSON.parse(text)).version;
}
