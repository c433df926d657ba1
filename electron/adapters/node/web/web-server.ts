/** The browser host's server: the window in the owner's browser, on this machine only, for invited tabs only. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import {
  bridgeClose,
  bridgePath,
  maxClientFrameBytes,
  openTokenPrefix,
} from '../../../contract/bridge-frames.ts';
import type { Greeting, ServerFrame } from '../../../contract/bridge-frames.ts';
import type { ServedApp } from '../../../contract/served-app.ts';
import type { Logger, Stop, Timers } from '../../../core/ports.ts';
import { FocusRelay } from '../serve/focus-relay.ts';
import { listRendererFiles } from '../serve/renderer-files.ts';
import type { RendererFiles } from '../serve/renderer-files.ts';
import { http as nodeHttp } from '../system/http-module.ts';
import { BridgeConnection } from './bridge-connection.ts';
import { awaitGreeting } from './greeting.ts';
import { answerHttp } from './http-routes.ts';
import { OpenTokens } from './open-tokens.ts';
import { judgeOrigin } from './request-origin.ts';
import { TabSessions } from './tab-sessions.ts';
import { UnknownConnections } from './unknown-connections.ts';

export interface WebServerOptions {
  /** Folder with the built window. */
  readonly rendererDir: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Milliseconds on a clock nobody sets. */
  readonly now: () => number;
  readonly timers: Timers;
  /** Default 20 s. */
  readonly heartbeatMs?: number;
}

export interface WebServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** From now on tabs reach this app; before, the bridge answers 503. Call it once. */
  serve(app: ServedApp): void;
  /**
   * A fresh address that lets one tab in, once, for five minutes. The token is in the fragment, which a browser never
   * sends and the page drops at once. Do not log it or hand it to another program's arguments.
   */
  invite(onRedeemed?: () => void): string;
  stop(): Promise<void>;
}

/** Rejects when the port is taken or the window was not built. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const files = listRendererFiles(options.rendererDir);
  const http = nodeHttp.createServer();
  // A connection that carries nothing any more would only take room; the bridge has its own.
  http.maxRequestsPerSocket = 1;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, loopback, resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return new LoopbackServer(options, http, address.port, files);
}

/** SECURITY: never anything but loopback. */
const loopback = '127.0.0.1';

/** Tabs that were let in, at once. */
const maxTabs = 16;

class LoopbackServer implements WebServer {
  readonly origin: string;
  readonly #options: WebServerOptions;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #tokens: OpenTokens;
  readonly #unknown: UnknownConnections;
  readonly #sessions: TabSessions;
  readonly #focus: FocusRelay;
  readonly #connections = new Set<BridgeConnection>();
  #app: ServedApp | null = null;
  #stopFocus: Stop = () => undefined;

  /** @param http listening already, on loopback; see startWebServer */
  constructor(options: WebServerOptions, http: Server, port: number, files: RendererFiles) {
    this.origin = `http://${loopback}:${String(port)}`;
    this.#options = options;
    this.#http = http;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: maxClientFrameBytes });
    this.#tokens = new OpenTokens(options.now);
    this.#unknown = new UnknownConnections(options.timers);
    this.#sessions = new TabSessions(this.#tokens);
    this.#focus = new FocusRelay(options.now);
    this.#accept(port, files);
  }

  serve(app: ServedApp): void {
    this.#app = app;
    this.#stopFocus = app.onFocus((key) => {
      this.#focus.deliver(key);
    });
  }

  invite(onRedeemed?: () => void): string {
    return `${this.origin}/${openTokenPrefix}${this.#tokens.issue(onRedeemed)}`;
  }

  async stop(): Promise<void> {
    this.#stopFocus();
    this.#app = null;
    for (const connection of this.#connections) connection.close(bridgeClose.goingAway);
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => {
        resolve();
      });
    });
    this.#http.closeAllConnections();
    for (const socket of this.#sockets.clients) socket.terminate();
    await closed;
  }

  #accept(port: number, files: RendererFiles): void {
    const { logger } = this.#options;
    const routes = { ownHost: `${loopback}:${String(port)}`, files };
    this.#http.on('connection', (socket) => {
      this.#unknown.receive(socket);
    });
    this.#http.on('request', (request, response) => {
      answerHttp(routes, request, response).catch((error: unknown) => {
        logger.log('error', 'web.request-failed', { error });
        response.destroy();
      });
    });
    this.#http.on('upgrade', (request, socket, head) => {
      const refusal = this.#refusal(request, routes.ownHost);
      if (refusal === null) this.#open(request, socket, head);
      else refuseUpgrade(socket, refusal);
    });
    this.#http.on('error', (error) => {
      logger.log('error', 'web.server-error', { error });
    });
  }

  /** SECURITY: nothing opens a socket without our Host and our Origin, and no more than that: see #letIn. */
  #refusal(request: IncomingMessage, ownHost: string): number | null {
    if (judgeOrigin(request.headers, ownHost, true) !== 'ours') return 403;
    if (request.url !== bridgePath) return 404;
    return this.#app === null ? 503 : null;
  }

  #open(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      // Oversized or malformed frames arrive here; ws closes the socket itself with the right code.
      socket.on('error', (error) => {
        this.#options.logger.log('warn', 'bridge.socket-error', { message: error.message });
      });
      awaitGreeting(socket, request.socket, (greeting) => {
        const refusal = this.#letIn(socket, greeting);
        if (refusal === null) this.#unknown.release(request.socket);
        else socket.close(refusal);
      });
    });
  }

  /**
   * SECURITY: the bridge belongs to tabs that greet with what only an address of ours or an earlier welcome told them.
   *
   * @returns the close code of a refusal
   */
  #letIn(socket: WebSocket, greeting: Greeting | null): number | null {
    const app = this.#app;
    if (app === null) return bridgeClose.goingAway;
    // Before the token is used up: the tab tries again.
    if (this.#connections.size >= maxTabs) return bridgeClose.tooMuch;
    const secret = greeting === null ? null : this.#sessions.admit(greeting);
    if (secret === null) return bridgeClose.unknownTab;
    const welcome: ServerFrame = { secret };
    socket.send(JSON.stringify(welcome));
    const connection = new BridgeConnection({
      socket,
      app,
      focus: this.#focus,
      logger: this.#options.logger,
      heartbeatMs: this.#options.heartbeatMs ?? 20_000,
    });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
    return null;
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  // The peer may be gone already; an error on a socket we are closing says nothing.
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${String(status)} ${nodeHttp.STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
