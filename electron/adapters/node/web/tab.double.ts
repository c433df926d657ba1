/** A browser tab for server tests: real HTTP and a real WebSocket, but with headers a browser would never forge. */
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import { bridgePath } from '../../../contract/bridge-frames.ts';
import type { WelcomeFrame } from '../../../contract/bridge-frames.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpCall {
  readonly path: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends `path` exactly as given, unlike `fetch`, which would tidy it first. */
export function call(
  origin: string,
  { path, method = 'GET', headers = {}, body }: HttpCall,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export function tokenOf(invitation: string): string {
  return new URL(invitation).hash.replace('#open=', '');
}

/** Goes the whole way in. @throws when the tab is not let in */
export async function enter(origin: string, invitation: string): Promise<Tab> {
  const tab = new Tab(origin, { token: tokenOf(invitation) });
  await Promise.race([tab.secret(), tab.closed.then(notLetIn)]);
  return tab;
}

function notLetIn(code: number): never {
  throw new Error(`Not let in: ${String(code)}`);
}

/** The HTTP status an upgrade is refused with, or 101. */
export function upgradeStatus(
  origin: string,
  headers: Readonly<Record<string, string>>,
  path: string = bridgePath,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(origin.replace('http:', 'ws:') + path, { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

/** A socket that greets, if it is given something to say, and keeps every frame, so that a test can wait for the one it needs. */
export class Tab {
  readonly socket: WebSocket;
  readonly frames: unknown[] = [];
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  constructor(origin: string, greeting?: unknown) {
    this.socket = new WebSocket(origin.replace('http:', 'ws:') + bridgePath, { headers: { origin } });
    this.socket.once('open', () => {
      if (greeting !== undefined) this.send(greeting);
    });
    this.socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString('utf8')));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.once('close', resolve);
    });
    this.socket.on('error', () => undefined);
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** What it was let in with; it greets with this when it comes back. */
  async secret(): Promise<string> {
    return ((await this.frame(isWelcome)) as WelcomeFrame).secret;
  }

  /** The first frame, received already or not, for which `matches` holds. The test's own deadline bounds it. */
  async frame(matches: (frame: unknown) => boolean): Promise<unknown> {
    for (;;) {
      const found = this.frames.find(matches);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function isWelcome(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 'secret' in frame;
}

export function answerTo(id: number): (frame: unknown) => boolean {
  return (frame) => typeof frame === 'object' && frame !== null && 'id' in frame && frame.id === id;
}

export function pushOf(name: string): (frame: unknown) => boolean {
  return (frame) => typeof frame === 'object' && frame !== null && 'push' in frame && frame.push === name;
}
