/** Serves the built window at app://portcullis, from a closed list of files. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { Session } from 'electron';
import type { RendererFiles } from '../node/serve/renderer-files.ts';
import { windowHeaders } from '../node/serve/security-headers.ts';
import { appScheme, isAppUrl } from './app-origin.ts';

/**
 * Must run before the app is ready. `standard` and `secure` give the page a real origin; module scripts are fetched in
 * CORS mode. Fetching by script stays shut by the policy.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: false,
        corsEnabled: true,
        bypassCSP: false,
        allowServiceWorkers: false,
        stream: false,
      },
    },
  ]);
}

export function serveAppScheme(session: Pick<Session, 'protocol'>, files: RendererFiles): void {
  session.protocol.handle(appScheme, (request) => answerAppRequest(request, files));
}

/** Everything but a GET for a listed file of our own host is 404. */
export async function answerAppRequest(
  request: Pick<Request, 'url' | 'method'>,
  files: RendererFiles,
): Promise<Response> {
  const url = URL.parse(request.url);
  const file = url === null || !isAppUrl(request.url) ? undefined : files.get(url.pathname);
  if (file === undefined || request.method !== 'GET') return new Response(null, { status: 404 });
  return new Response(await readFile(file.path), {
    status: 200,
    headers: { ...windowHeaders("'none'"), 'Content-Type': file.contentType, 'Cache-Control': 'no-store' },
  });
}
