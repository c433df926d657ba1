/** Plain HTTP of the browser host: the window's files, and the swap of a one-time token for a cookie. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { sessionPath } from '../../../contract/bridge-frames.ts';
import type { RendererFile, RendererFiles } from '../serve/renderer-files.ts';
import { windowHeaders } from '../serve/security-headers.ts';
import type { OpenTokens } from './open-tokens.ts';
import { judgeOrigin } from './request-origin.ts';
import type { TabSessions } from './tab-sessions.ts';

export interface HttpRoutes {
  /** `127.0.0.1:PORT`, exactly as our own page sends it. */
  readonly ownHost: string;
  readonly files: RendererFiles;
  readonly tokens: OpenTokens;
  readonly sessions: TabSessions;
}

/** A token is 43 characters; anything near this bound is not one. */
const maxSessionBody = 1024;
const sessionRequestSchema = z.strictObject({ token: z.string().min(1).max(200) });

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
  if (path === sessionPath) await answerSession(routes, request, response);
  else await sendFile(routes.files.get(path), request, response);
}

async function answerSession(
  routes: HttpRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    sendStatus(response, routes.sessions.holds(request.headers.cookie) ? 204 : 401);
  } else if (request.method === 'POST') {
    await startSession(routes, request, response);
  } else {
    sendStatus(response, 405, { Allow: 'GET, POST' });
  }
}

async function startSession(
  { tokens, sessions }: HttpRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // SECURITY: a JSON content type cannot be sent cross-origin without a preflight, which nobody answers here.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    sendStatus(response, 415);
    return;
  }
  const body = await readBody(request, maxSessionBody);
  if (body === null) {
    sendStatus(response, 413, { Connection: 'close' });
    return;
  }
  const parsed = parseJson(body, sessionRequestSchema);
  if (parsed === null) {
    sendStatus(response, 400);
    return;
  }
  if (!tokens.redeem(parsed.token)) {
    sendStatus(response, 401);
    return;
  }
  sendStatus(response, 204, { 'Set-Cookie': sessions.start() });
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

/** @returns null when the body is longer than `limit`; the rest is not read */
async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The answer still has to go out over this socket, so leaving early must not destroy it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function sendStatus(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end();
}
