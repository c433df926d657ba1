/**
 * Draws every icon anew: `node build/render-icons.ts`. The results are committed, so that neither a start nor a
 * release needs the renderer; assets/rendered.json says from which sources they were drawn, and a test compares.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assetsFolder, contentDigest, drawIcons, sourceDigest } from './icons.ts';

for (const folder of ['app', 'tray']) rmSync(join(assetsFolder, folder), { recursive: true, force: true });

const files = drawIcons();
for (const [path, content] of files) {
  const file = join(assetsFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
const digests = Object.fromEntries([...files].map(([path, content]) => [path, contentDigest(content)]));
const record = { sources: sourceDigest(), files: digests };
writeFileSync(join(assetsFolder, 'rendered.json'), `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`Drew ${files.size} icons.\n`);
