/**
 * Stands for the browser host's server, as far as a tab can tell: the window's files, one-time token for a cookie,
 * and the bridge. The real one is tested with real tabs elsewhere; this one can be stopped and started at will.
 */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { ClientFrame, ServerFrame, SessionRequest } from '../../electron/contract/bridge-frames.ts';
import { bridgePath, sessionPath } from '../../electron/contract/bridge-frames.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { StaticServer } from './static-server.ts';
import { serveWindow } from './static-server.ts';

const cookie = 'tab=let-in';

export class WebHostDouble {
  readonly token = 'one-time-token';
  readonly origin: string;
  readonly received: ClientFrame[] = [];
  /** Commands named here get no answer. */
  readonly silent = new Set<string>();
  #snapshot: AppSnapshot;
  #away = false;
  readonly #server: StaticServer;
  readonly #sockets = new WebSocketServer({ noServer: true });

  /** Takes over a server that so far only serves files. */
  constructor(server: StaticServer, snapshot: AppSnapshot) {
    this.#server = server;
    this.origin = server.origin;
    this.#snapshot = snapshot;
    const serveFile = server.http.listeners('request')[0];
    server.http.removeAllListeners('request');
    server.http.on('request', (request: IncomingMessage, response) => {
      if (request.url !== sessionPath) {
        serveFile?.(request, response);
        return;
      }
      if (request.method === 'GET') {
        response.writeHead(request.headers.cookie === cookie ? 204 : 401).end();
        return;
      }
      void readJson(request).then((body) => {
        const isOurs = (body as SessionRequest).token === this.token;
        const headers = isOurs ? { 'set-cookie': `${cookie}; HttpOnly; SameSite=Strict; Path=/` } : {};
        response.writeHead(isOurs ? 204 : 401, headers).end();
      });
    });
    server.http.on('connection', (socket) => {
      if (this.#away) socket.destroy();
    });
    server.http.on('upgrade', (request, socket, head) => {
      if (request.url === bridgePath && request.headers.cookie === cookie) {
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
      } else {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      }
    });
  }

  static async start(snapshot: AppSnapshot): Promise<WebHostDouble> {
    return new WebHostDouble(await serveWindow(), snapshot);
  }

  /** Gone from one moment to the next, as when it is restarted: every socket breaks and no new one is taken. */
  goAway(): void {
    this.#away = true;
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.http.closeAllConnections();
  }

  comeBack(): void {
    this.#away = false;
  }

  update(snapshot: AppSnapshot): void {
    this.#snapshot = snapshot;
    for (const socket of this.#sockets.clients)
      this.#send(socket, { push: 'snapshot.changed', payload: snapshot });
  }

  async stop(): Promise<void> {
    this.goAway();
    await this.#server.close();
  }

  #serve(socket: WebSocket): void {
    this.#send(socket, { push: 'snapshot.changed', payload: this.#snapshot });
    // ws hands over one Buffer unless told otherwise.
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as ClientFrame;
      this.received.push(frame);
      if (this.silent.has(frame.command)) return;
      const value = frame.command === 'snapshot.get' ? this.#snapshot : null;
      this.#send(socket, { id: frame.id, result: { ok: true, value } });
    });
  }

  #send(socket: WebSocket, frame: ServerFrame): void {
    socket.send(JSON.stringify(frame));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
