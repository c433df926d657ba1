/** Plain HTTP of the browser host: the window's files, which tell nothing. Everything that does goes over the bridge. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RendererFile, RendererFiles } from '../serve/renderer-files.ts';
import { windowHeaders } from '../serve/security-headers.ts';
import { judgeOrigin } from './request-origin.ts';

export interface HttpRoutes {
  /** `127.0.0.1:PORT`, exactly as our own page sends it. */
  readonly ownHost: string;
  readonly files: RendererFiles;
}

export async function answerHttp(
  routes: HttpRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const reads = request.method === 'GET' || request.method === 'HEAD';
  // Browsers leave Origin out of page loads and same-origin reads; anything that changes something must carry it.
  if (judgeOrigin(request.headers, routes.ownHost, !reads) !== 'ours') {
    sendStatus(response, 403);
    return;
  }
  await sendFile(routes.files.get(path), request, response);
}

async function sendFile(
  file: RendererFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (file === undefined) {
    sendStatus(response, 404);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendStatus(response, 405, { Allow: 'GET, HEAD' });
    return;
  }
  const content = await readFile(file.path);
  response.writeHead(200, {
    ...windowHeaders("'self'"),
    'Content-Type': file.contentType,
    'Content-Length': content.length,
    'Cache-Control': file.immutable ? 'max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

function sendStatus(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end();
}
