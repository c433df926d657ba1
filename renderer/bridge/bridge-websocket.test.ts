import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { bridgeClose } from '../../electron/contract/bridge-frames.ts';
import { WebSocketLink } from './bridge-websocket.ts';

/** A socket whose other end is the test. */
class SocketDouble extends EventTarget {
  static readonly all: SocketDouble[] = [];
  readonly sent: unknown[] = [];

  constructor() {
    super();
    SocketDouble.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code = 1006): void {
    this.dispatchEvent(new CloseEvent('close', { code }));
  }

  open(): void {
    this.dispatchEvent(new Event('open'));
  }

  hear(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  letIn(secret: string): void {
    this.open();
    this.hear({ secret });
  }

  refuse(): void {
    this.open();
    this.close(bridgeClose.unknownTab);
  }
}

let link: WebSocketLink;
let listening: MockInstance<typeof window.addEventListener>;

beforeEach(() => {
  SocketDouble.all.length = 0;
  sessionStorage.clear();
  listening = vi.spyOn(window, 'addEventListener');
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', SocketDouble);
});

afterEach(() => {
  unload();
  location.hash = '';
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** As a page does that was just loaded at this address; the one before it, and what it listened to, is gone. */
function load(hash = ''): void {
  unload();
  location.hash = hash;
  link = new WebSocketLink();
  link.start();
}

function unload(): void {
  for (const [type, listener] of listening.mock.calls.splice(0)) window.removeEventListener(type, listener);
}

function socket(): SocketDouble {
  const newest = SocketDouble.all.at(-1);
  if (newest === undefined) throw new Error('No socket was opened.');
  return newest;
}

it('a tab that was not opened by Portcullis does not even knock', () => {
  load();
  expect(link.getState()).toEqual({ state: 'not-authorised' });
  expect(SocketDouble.all).toEqual([]);
});

it('a tab greets with the token of its address, and after a reload with the secret it got for it', () => {
  load('#open=the-token');
  expect(location.hash).toBe('');
  socket().open();
  expect(link.getState().state).toBe('connecting');
  socket().hear({ secret: 'the-secret' });
  expect(link.getState().state).toBe('open');

  load();
  socket().letIn('the-secret');
  expect(link.getState().state).toBe('open');
  expect(SocketDouble.all.map(({ sent }) => sent)).toEqual([
    [{ token: 'the-token' }],
    [{ secret: 'the-secret' }],
  ]);
});

it('a tab that lost its socket comes back with its secret', () => {
  load('#open=the-token');
  socket().letIn('the-secret');
  socket().close();
  expect(link.getState().state).toBe('lost');
  vi.advanceTimersByTime(500);
  expect(SocketDouble.all).toHaveLength(2);
  socket().letIn('the-secret');
  expect(socket().sent).toEqual([{ secret: 'the-secret' }]);
  expect(link.getState().state).toBe('open');
});

it('a tab whose socket broke before the welcome tries its token again', () => {
  load('#open=the-token');
  socket().close();
  vi.advanceTimersByTime(500);
  socket().open();
  expect(socket().sent).toEqual([{ token: 'the-token' }]);
});

it('a tab whose secret is not known any more says so, and tries no more', () => {
  load('#open=the-token');
  socket().letIn('the-secret');
  socket().close();
  vi.advanceTimersByTime(500);
  socket().refuse();
  expect(link.getState().state).toBe('not-authorised');
  vi.advanceTimersByTime(60_000);
  expect(SocketDouble.all).toHaveLength(2);
});

it('a used address given to a tab that was let in before leaves it in', () => {
  load('#open=first');
  socket().letIn('the-secret');
  load('#open=used');
  socket().refuse();
  socket().letIn('the-secret');
  expect(socket().sent).toEqual([{ secret: 'the-secret' }]);
  expect(link.getState().state).toBe('open');
});

it('a fresh address given to an open tab replaces its way in; what was under way is told as unconfirmed', async () => {
  load('#open=first');
  socket().letIn('old');
  const underWay = link.bridge.invoke('connection.retry', undefined);
  location.hash = '#open=second';
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  expect(await underWay).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
  expect(await link.bridge.invoke('connection.retry', undefined)).toMatchObject({ ok: false });
  socket().letIn('new');
  expect(socket().sent).toEqual([{ token: 'second' }]);
  expect(link.getState().state).toBe('open');
});

it('a browser that lets pages keep nothing still lets the tab come back, until it is reloaded', () => {
  const refusing = { getItem: refuse, setItem: refuse, removeItem: refuse };
  vi.stubGlobal('sessionStorage', refusing);
  load('#open=the-token');
  socket().letIn('the-secret');
  socket().close();
  vi.advanceTimersByTime(500);
  socket().open();
  expect(socket().sent).toEqual([{ secret: 'the-secret' }]);
  socket().close(bridgeClose.unknownTab);
  expect(link.getState().state).toBe('not-authorised');
});

function refuse(): never {
  throw new DOMException('Access is denied for this document.', 'SecurityError');
}
