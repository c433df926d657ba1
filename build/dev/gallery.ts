/**
 * `npm run dev`: every screen of the window to pick from, played by a fake app, and reloaded while its sources are
 * edited. Opens nothing by itself; runs until it is asked to end.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, normalizePath, type Plugin } from 'vite';
import { root } from '../setup/repository.mjs';
import { hotReloadPolicy } from './hot-reload-policy.ts';

export interface Gallery {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const folder = join(root, 'e2e/gallery');

/** @param port the next free one from here on; 0: any */
export async function startGallery(port: number): Promise<Gallery> {
  const nonce = randomBytes(16).toString('base64');
  const server = await createServer({
    configFile: join(root, 'renderer/vite.config.ts'),
    cacheDir: join(root, '.cache/vite'),
    logLevel: 'warn',
    html: { cspNonce: nonce },
    plugins: [galleryPages()],
    optimizeDeps: { entries: ['index.html', join(folder, '*.ts')] },
    server: {
      host: loopback,
      port,
      fs: { allow: [root] },
      headers: { 'Content-Security-Policy': hotReloadPolicy(nonce) },
    },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string')
    throw new Error('The gallery has no port.');
  return { origin: `http://${loopback}:${String(address.port)}`, close: () => server.close() };
}

/** The gallery at `/`; the window beside it, at `/index.html`, with the script that plays the app in front of its own. */
function galleryPages(): Plugin {
  return {
    name: 'gallery-pages',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url !== '/') {
          next();
          return;
        }
        readFile(join(folder, 'index.html'), 'utf8')
          .then((page) => server.transformIndexHtml('/gallery', page))
          .then((page) => {
            for (const [name, value] of Object.entries(server.config.server.headers))
              response.setHeader(name, String(value));
            response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
          })
          .catch(next);
      });
    },
    transformIndexHtml: (_page, { path }) => {
      const isGallery = path === '/gallery';
      const file = normalizePath(join(folder, isGallery ? 'gallery.ts' : 'play-screen.ts'));
      return [
        {
          tag: 'script',
          attrs: { type: 'module', src: `/@fs/${file.replace(/^\//, '')}` },
          injectTo: isGallery ? 'body' : 'head-prepend',
        },
      ];
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const gallery = await startGallery(5173);
  console.log(
    `Every screen of the window, reloaded while you edit: ${gallery.origin}\nPress Ctrl-C to end it.`,
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void gallery.close());
  }
}
