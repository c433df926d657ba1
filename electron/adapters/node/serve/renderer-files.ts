/** The built window files as a closed list, made once: a path that is not on it does not exist, whatever it spells. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
  /** Its name carries a hash of its content, so it never changes. */
  readonly immutable: boolean;
}

/** Keyed by URL path, e.g. `/index.html`; `/` is the page itself. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * SECURITY: serving from a list instead of from paths leaves nothing to traverse. Symbolic links, dot files and
 * unknown file types are left out.
 *
 * @throws when the folder cannot be read: the build is missing, nothing can be shown
 */
export function listRendererFiles(root: string): RendererFiles {
  const files = new Map<string, RendererFile>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[path.extname(entry.name)];
    if (!entry.isFile() || entry.name.startsWith('.') || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const urlPath = `/${path.relative(root, file).split(path.sep).join('/')}`;
    files.set(urlPath, { path: file, contentType, immutable: urlPath.startsWith('/assets/') });
  }
  const page = files.get('/index.html');
  if (page === undefined) throw new Error(`No index.html in ${root}: build the window first.`);
  return files.set('/', page);
}
