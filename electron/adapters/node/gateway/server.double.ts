/** Stands for gateways that misbehave or speak another protocol, on a free loopback port. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface ServerDouble {
  readonly url: string;
  stop(): Promise<void>;
}

/** Accepts TCP connections and then says nothing. */
export async function startMuteServer(): Promise<ServerDouble> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server.address()),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface FrameScript {
  /** When a client has connected. */
  greet?(socket: WebSocket): void;
  /** For each request; `connect` is one. */
  answer?(socket: WebSocket, request: { readonly id: string; readonly method: string }): void;
}

/** A WebSocket server that says what the script says. */
export async function startFrameServer(script: FrameScript): Promise<ServerDouble> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    script.greet?.(socket);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as { id: string; method: string };
      script.answer?.(socket, frame);
    });
  });
  return {
    url: urlOf(server.address()),
    stop: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendChallenge(socket: WebSocket): void {
  send(socket, { type: 'event', event: 'connect.challenge', payload: { nonce: 'nonce', ts: Date.now() } });
}

export function send(socket: WebSocket, frame: object): void {
  socket.send(JSON.stringify(frame));
}

/** A greeting good enough for our schema. */
export const helloOk = {
  type: 'hello-ok',
  protocol: 4,
  server: { version: '2026.9.6', bootId: 'boot' },
  features: { methods: ['health'], events: [] },
  auth: { method: 'token', scopes: ['operator.read'], deviceToken: 'issued' },
  policy: { tickIntervalMs: 30_000 },
};

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `ws://127.0.0.1:${String(address.port)}`;
}
