import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isAllowedRequest, lockAllContents, lockSession } from './session-policy.ts';

const electron = vi.hoisted(() => ({ app: null as EventEmitter | null }));
vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  electron.app = new EventEmitter();
  return { app: electron.app };
});

const log = vi.fn();
beforeEach(() => {
  log.mockClear();
});

describe('the session', () => {
  function locked() {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
      on: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    };
    const saved = vi.fn();
    const onSaving = vi.fn(() => saved);
    lockSession(session as never, { logger: { log }, onSaving });
    return { ...session, onSaving, saved };
  }

  it('grants no permission but to copy, and no device', () => {
    const session = locked();
    const answer = vi.fn();
    const request = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (...args: unknown[]) => void;
    const check = session.setPermissionCheckHandler.mock.calls[0]?.[0] as (
      contents: null,
      permission: string,
    ) => boolean;
    const granted = ['media', 'clipboard-read', 'clipboard-sanitized-write'].map((permission) => {
      request(null, permission, answer);
      return check(null, permission);
    });
    const device = session.setDevicePermissionHandler.mock.calls[0]?.[0] as () => boolean;
    expect([granted, answer.mock.calls, device()]).toEqual([
      [false, false, true],
      [[false], [false], [true]],
      false,
    ]);
    expect(log).toHaveBeenCalledWith('warn', 'window.permission-refused', { permission: 'media' });
  });

  it.each([
    ['blob:app://portcullis/6f1c', 'application/json', true],
    ['blob:app://portcullis/6f1c', 'application/x-msdownload', false],
    ['blob:https://evil.example/6f1c', 'application/json', false],
    ['blob:app://other/6f1c', 'application/json', false],
    ['app://portcullis/assets/main.js', 'application/json', false],
    ['https://evil.example/settings.json', 'application/json', false],
  ])('is asked to save %s as %s and does: %s', (url, mimeType, saved) => {
    const session = locked();
    const [event, listener] = session.on.mock.calls[0] as [string, (event: object, item: object) => void];
    const preventDefault = vi.fn();
    const once = vi.fn();
    listener({ preventDefault }, { getURL: () => url, getMimeType: () => mimeType, once });
    expect([event, preventDefault.mock.calls.length]).toEqual(['will-download', saved ? 0 : 1]);
    // The window knows of the dialog from its beginning to its end.
    expect([session.onSaving.mock.calls.length, once.mock.calls]).toEqual(
      saved ? [1, [['done', session.saved]]] : [0, []],
    );
  });

  it.each([
    ['app://portcullis/assets/main.js', false],
    ['https://evil.example/?stolen=1', true],
    ['http://127.0.0.1:18789/', true],
    ['ws://127.0.0.1:18789/', true],
    ['file:///etc/passwd', true],
    ['app://other/', true],
  ])('is asked for %s and cancels: %s', (url, cancel) => {
    const listener = locked().webRequest.onBeforeRequest.mock.calls[0]?.[0] as (
      details: object,
      answer: (response: object) => void,
    ) => void;
    const answer = vi.fn();
    listener({ url, resourceType: 'script' }, answer);
    expect(answer.mock.calls).toEqual([[{ cancel }]]);
    expect(isAllowedRequest(url)).toBe(!cancel);
  });
});

describe('every page', () => {
  type Listener = (event: object) => void;

  function page() {
    const listeners = new Map<string, Listener>();
    const setWindowOpenHandler = vi.fn();
    lockAllContents({ log });
    electron.app?.emit(
      'web-contents-created',
      {},
      {
        on: (name: string, listener: Listener) => listeners.set(name, listener),
        setWindowOpenHandler,
      },
    );
    electron.app?.removeAllListeners();
    return { listeners, setWindowOpenHandler };
  }

  it.each([
    ['will-navigate', { url: 'https://evil.example/' }, 1],
    ['will-navigate', { url: 'app://portcullis/index.html' }, 0],
    ['will-frame-navigate', { url: 'app://portcullis/index.html', isMainFrame: false }, 1],
    ['will-frame-navigate', { url: 'https://evil.example/', isMainFrame: true }, 1],
    ['will-frame-navigate', { url: 'app://portcullis/index.html', isMainFrame: true }, 0],
    ['will-redirect', { url: 'app://portcullis/' }, 1],
    ['will-attach-webview', {}, 1],
  ])('is refused %s %j %i times', (name, details, times) => {
    const preventDefault = vi.fn();
    page().listeners.get(name)?.({ ...details, preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(times);
  });

  it('opens no window', () => {
    const handler = page().setWindowOpenHandler.mock.calls[0]?.[0] as (details: object) => object;
    expect(handler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  });
});
