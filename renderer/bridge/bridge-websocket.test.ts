import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sessionPath } from '../../electron/contract/bridge-frames.ts';
import { WebSocketLink } from './bridge-websocket.ts';

/** A socket the test opens and closes; the browser tells a page no more than these two. */
class SocketDouble extends EventTarget {
  static readonly all: SocketDouble[] = [];

  constructor() {
    super();
    SocketDouble.all.push(this);
  }

  close(): void {
    this.dispatchEvent(new Event('close'));
  }

  open(): void {
    this.dispatchEvent(new Event('open'));
  }
}

let asked: unknown[];
let session: () => Promise<Response>;
let link: WebSocketLink;

beforeEach(async () => {
  SocketDouble.all.length = 0;
  asked = [];
  session = () => Promise.resolve(new Response(null, { status: 204 }));
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', SocketDouble);
  vi.stubGlobal('fetch', (path: string, options?: RequestInit) => {
    asked.push([options?.method ?? 'GET', path]);
    return session();
  });
  link = new WebSocketLink();
  await link.start();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function socket(): SocketDouble {
  const newest = SocketDouble.all.at(-1);
  if (newest === undefined) throw new Error('No socket was opened.');
  return newest;
}

async function becomes(state: string): Promise<void> {
  await vi.waitFor(() => {
    expect(link.getState().state).toBe(state);
  });
}

it.each<[string, () => Promise<Response>, string]>([
  ['is not known here', () => Promise.resolve(new Response(null, { status: 401 })), 'not-authorised'],
  [
    'is known, so something else is wrong',
    () => Promise.resolve(new Response(null, { status: 204 })),
    'lost',
  ],
  ['has another server on that port', () => Promise.resolve(new Response(null, { status: 404 })), 'lost'],
  ['reaches nobody', () => Promise.reject(new TypeError('Failed to fetch')), 'lost'],
])('a tab that is refused and %s says so', async (_case, answer, state) => {
  session = answer;
  socket().close();
  await becomes(state);
  expect(asked).toEqual([['GET', sessionPath]]);
});

it('a tab that was open and lost its socket does not ask, and connects again', async () => {
  socket().open();
  await becomes('open');
  socket().close();
  await becomes('lost');
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(SocketDouble.all).toHaveLength(2);
});

it('a tab that was refused is let in as soon as this browser is', async () => {
  session = () => Promise.resolve(new Response(null, { status: 401 }));
  socket().close();
  await becomes('not-authorised');
  vi.advanceTimersByTime(500);
  socket().open();
  await becomes('open');
});
