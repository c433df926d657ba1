import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commandNames } from '../../contract/api.ts';
import { Listeners } from '../../contract/listeners.ts';
import { servedAppDouble } from '../../contract/served-app.double.ts';
import { FocusRelay } from '../node/serve/focus-relay.ts';
import { serveIpc } from './ipc-server.ts';

type Handler = (event: IpcMainInvokeEvent, input: unknown) => unknown;

const { handlers } = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }));

vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel, listener) => void handlers.set(channel, listener),
    removeHandler: (channel) => void handlers.delete(channel),
  } satisfies Pick<IpcMain, 'handle' | 'removeHandler'>,
}));

const ours = 5;

function from(id: number, url: string, parent: object | null = null): IpcMainInvokeEvent {
  return { sender: { id }, senderFrame: { url, parent } } as unknown as IpcMainInvokeEvent;
}
const page = from(ours, 'app://portcullis/index.html');

function setUp() {
  const app = servedAppDouble();
  const send = vi.fn();
  const ready = new Listeners();
  const log = vi.fn();
  const stop = serveIpc({
    app,
    focus: new FocusRelay(() => 0),
    logger: { log },
    window: {
      webContents: () => ({ id: ours, send }),
      onReady: (listener) => ready.add(listener),
    },
  });
  const load = (): void => {
    ready.emit();
  };
  return { app, send, stop, log, load };
}

beforeEach(() => {
  handlers.clear();
});

describe('calls from the window', () => {
  it('have one handler per command of the contract and no other', () => {
    setUp();
    expect([...handlers.keys()]).toEqual(commandNames.map((name) => `portcullis:${name}`));
  });

  it('are parsed and reach the app', async () => {
    const { app } = setUp();
    const deny = handlers.get('portcullis:request.deny');
    expect(await deny?.(page, { key: 'chat:1', revision: 1 })).toEqual({ ok: true, value: null });
    expect(await deny?.(page, { key: 'chat:1' })).toMatchObject({ error: { code: 'bad-input' } });
    expect(app.calls).toEqual([{ name: 'request.deny', input: { key: 'chat:1', revision: 1 } }]);
  });

  it.each([
    ['another window', from(6, 'app://portcullis/index.html')],
    ['a frame inside our page', from(ours, 'app://portcullis/index.html', {})],
    ['a page that navigated away', from(ours, 'https://evil.example/')],
    ['a frame that is gone', { sender: { id: ours }, senderFrame: null } as unknown as IpcMainInvokeEvent],
  ])('are refused to %s for every command', async (_case, event) => {
    const { app, log } = setUp();
    for (const name of commandNames) {
      expect(await handlers.get(`portcullis:${name}`)?.(event, undefined)).toMatchObject({
        ok: false,
        error: { code: 'forbidden-sender' },
      });
      expect(log).toHaveBeenLastCalledWith('warn', 'ipc.forbidden-sender', { command: name });
    }
    expect(app.calls).toEqual([]);
  });
});

describe('pushes to the window', () => {
  it('carry the newest snapshot, once per burst', async () => {
    const { app, send } = setUp();
    app.change();
    const newest = app.change();
    await expect.poll(() => send.mock.calls).toEqual([['portcullis:snapshot.changed', newest]]);
  });

  it('bring a request into view once the page listens, also when it was asked for before', () => {
    const { app, send, load } = setUp();
    app.focus('chat:1');
    expect(send).not.toHaveBeenCalled();
    load();
    app.focus('chat:2');
    load();
    expect(send.mock.calls.filter(([channel]) => channel === 'portcullis:request.focus')).toEqual([
      ['portcullis:request.focus', { key: 'chat:1' }],
      ['portcullis:request.focus', { key: 'chat:2' }],
      ['portcullis:request.focus', { key: 'chat:2' }],
    ]);
  });

  it('end, and no command answers, after stop', () => {
    const { app, send, stop } = setUp();
    stop();
    app.change();
    app.focus('chat:1');
    expect([send.mock.calls.length, handlers.size, app.listeners]).toEqual([0, 0, 0]);
  });
});
