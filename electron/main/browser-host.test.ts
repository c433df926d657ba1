import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enter, pushOf } from '../adapters/node/web/tab.double.ts';
import type { Notifier, Tray } from '../core/ports.ts';
import type { AppDouble } from './app.double.ts';
import { appDouble, nodePartsDouble } from './app.double.ts';
import type { BrowserHost } from './browser-host.ts';
import { startBrowserHost } from './browser-host.ts';

const stop = (): undefined => undefined;
const notifier = {
  capabilities: { shows: false, actions: false, fixedTextOnly: false },
  onCapabilities: () => stop,
  onActivated: () => stop,
  onGone: () => stop,
  dispose: vi.fn(() => Promise.resolve()),
} satisfies Partial<Notifier>;
const tray = {
  available: false,
  onChosen: () => stop,
  onClicked: () => stop,
  dispose: vi.fn(() => Promise.resolve()),
} satisfies Partial<Tray>;

let rendererDir: string;
let printed: string[];
let app: AppDouble | null;
const exit = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  printed = [];
  app = null;
  rendererDir = mkdtempSync(path.join(tmpdir(), 'portcullis-host-'));
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html>');
  vi.stubEnv('DISPLAY', '');
  vi.stubEnv('WAYLAND_DISPLAY', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(rendererDir, { recursive: true });
});

interface Circumstances {
  readonly port?: number;
  readonly trayAvailable?: boolean;
  readonly terminal?: boolean;
}

function start(openAtStart: boolean, circumstances: Circumstances = {}): Promise<BrowserHost> {
  const { port = 0, trayAvailable = false, terminal = false } = circumstances;
  const ownTray = { ...tray, available: trayAvailable } as unknown as Tray;
  return startBrowserHost({
    composeApp: (parts) => (app = appDouble(parts)),
    parts: { ...nodePartsDouble(), notifier: notifier as unknown as Notifier, tray: ownTray },
    host: { platform: 'linux', version: '1.2.3' },
    rendererDir,
    port,
    openAtStart,
    print: (url) => printed.push(url),
    terminal,
    exit,
  });
}

describe('the browser host', () => {
  it.each([true, false])(
    'prints a way in where no browser can open (asked to open: %s)',
    async (openAtStart) => {
      const host = await start(openAtStart);
      expect(printed).toHaveLength(1);
      host.open();
      expect(printed).toHaveLength(2);
      expect(new Set(printed).size).toBe(2);

      for (const url of printed) {
        const tab = await enter(host.origin, url);
        expect(await tab.frame(pushOf('snapshot.changed'))).toMatchObject({
          payload: { host: { kind: 'browser', platform: 'linux', version: '1.2.3' } },
        });
        tab.socket.terminate();
      }
      host.quit();
      await expect.poll(() => exit.mock.calls.length).toBe(1);
    },
  );

  it.each([
    { trayAvailable: true, terminal: false, ways: 0 },
    { trayAvailable: true, terminal: true, ways: 1 },
    { trayAvailable: false, terminal: true, ways: 1 },
  ])(
    'opened by nobody, it prints a way in unless only the tray is looked at: %j',
    async ({ ways, ...here }) => {
      const host = await start(false, here);
      expect(printed).toHaveLength(ways);
      host.quit();
      await expect.poll(() => exit.mock.calls.length).toBe(1);
    },
  );

  it('quits once when the window asks: app first, then the tabs, then what it made', async () => {
    const host = await start(true);
    const tab = await enter(host.origin, printed[0] ?? '');
    await tab.frame(pushOf('snapshot.changed'));
    tab.send({ id: 1, command: 'app.quit' });
    expect(await tab.closed).toBe(1001);
    await expect.poll(() => exit.mock.calls.length).toBe(1);
    host.quit();
    expect(app?.life).toEqual(['start', 'stop']);
    expect([notifier.dispose.mock.calls.length, tray.dispose.mock.calls.length]).toEqual([1, 1]);
    await expect(fetch(host.origin)).rejects.toThrow();
  });

  it('does not start on a port that is taken', async () => {
    const host = await start(true);
    await expect(start(true, { port: Number(new URL(host.origin).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    host.quit();
    await expect.poll(() => exit.mock.calls.length).toBe(1);
  });

  it('does not start without a built window', async () => {
    rmSync(path.join(rendererDir, 'index.html'));
    await expect(start(true)).rejects.toThrow('build the window first');
  });
});
