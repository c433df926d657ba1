/** Another program of this machine: it listens on a port of its own and copies what a browser sends there. */
import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import { bridgePath } from '../../electron/contract/bridge-frames.ts';

export interface Neighbour {
  readonly origin: string;
  /** The Cookie header of every request so far. */
  readonly cookies: readonly string[];
  stop(): Promise<void>;
}

/** Its page fetches itself once, which a browser counts as the same site as every other port of 127.0.0.1. */
export async function startNeighbour(): Promise<Neighbour> {
  const cookies: string[] = [];
  const http = createServer((request, response) => {
    cookies.push(request.headers.cookie ?? '');
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Neighbour</title><script>fetch("/again")</script>');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The neighbour has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    cookies,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => {
          resolve();
        });
        http.closeAllConnections();
      }),
  };
}

/** Forges every header a page of ours would have, and asks. @returns what came over the bridge before it was closed */
export async function knock(origin: string, cookie: string): Promise<readonly string[]> {
  const socket = new WebSocket(origin.replace('http:', 'ws:') + bridgePath, { headers: { origin, cookie } });
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    socket.once('open', () => {
      socket.send(JSON.stringify({ id: 1, command: 'snapshot.get' }));
    });
    socket.once('message', (data: Buffer) => {
      heard.push(data.toString('utf8'));
      resolve();
    });
    socket.once('close', () => {
      resolve();
    });
    socket.on('error', () => undefined);
  });
  socket.terminate();
  return heard;
}
