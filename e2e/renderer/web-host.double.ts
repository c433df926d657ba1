/**
 * Stands for the browser host's server, as far as a tab can tell: the window's files, and the bridge with its greeting.
 * The real one is tested with real tabs elsewhere; this one can be stopped and started at will.
 */
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { ClientFrame, Greeting, ServerFrame } from '../../electron/contract/bridge-frames.ts';
import { bridgeClose, bridgePath } from '../../electron/contract/bridge-frames.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { StaticServer } from './static-server.ts';
import { serveWindow } from './static-server.ts';

const secret = 'let-in';

export class WebHostDouble {
  readonly token = 'one-time-token';
  readonly origin: string;
  readonly received: ClientFrame[] = [];
  /** Commands named here get no answer. */
  readonly silent = new Set<string>();
  #snapshot: AppSnapshot;
  #away = false;
  readonly #letIn = new Set<WebSocket>();
  readonly #server: StaticServer;
  readonly #sockets = new WebSocketServer({ noServer: true });

  /** Takes over a server that so far only serves files. */
  constructor(server: StaticServer, snapshot: AppSnapshot) {
    this.#server = server;
    this.origin = server.origin;
    this.#snapshot = snapshot;
    server.http.on('connection', (socket) => {
      if (this.#away) socket.destroy();
    });
    server.http.on('upgrade', (request, socket, head) => {
      if (request.url === bridgePath)
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#greet(webSocket));
      else socket.destroy();
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
    for (const socket of this.#letIn) this.#send(socket, { push: 'snapshot.changed', payload: snapshot });
  }

  async stop(): Promise<void> {
    this.goAway();
    await this.#server.close();
  }

  #greet(socket: WebSocket): void {
    socket.once('message', (data: Buffer) => {
      const greeting = JSON.parse(data.toString('utf8')) as Greeting;
      const isOurs = 'token' in greeting ? greeting.token === this.token : greeting.secret === secret;
      if (isOurs) this.#serve(socket);
      else socket.close(bridgeClose.unknownTab);
    });
  }

  #serve(socket: WebSocket): void {
    this.#letIn.add(socket);
    socket.once('close', () => this.#letIn.delete(socket));
    this.#send(socket, { secret });
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
