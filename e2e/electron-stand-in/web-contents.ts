/** Electron's `webContents`: one Chromium page, its preload, its IPC and its requests. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { HandlerDetails } from 'electron';
import type { Params } from './cdp-connection.ts';
import { browser } from './chromium.ts';
import { toLoadable, toOwn } from './custom-schemes.ts';
import { decode, encode, ipcMain } from './ipc-wire.ts';
import { isolatedWorld, mainWorld } from './page-worlds.ts';
import { PageRequests } from './page-requests.ts';
import { wireValues } from './wire-values.ts';

const isolatedWorldName = 'Electron Isolated Context';
const eventPrefix = '__standIn:';
const sendBinding = '__sendToMain';
/** What both worlds are handed. */
const inWorlds = `${JSON.stringify(eventPrefix)}, ${wireValues.toString()}`;

interface IpcMessage {
  readonly type: 'invoke' | 'send';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
}

export type WindowOpenHandler = (details: HandlerDetails) => { readonly action: 'allow' | 'deny' };

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly preload: string | undefined;
}

export class WebContents extends EventEmitter {
  readonly id: number;
  /** Settles once the Chromium page is there; everything waits for it. */
  readonly created: Promise<void>;
  readonly mainFrame: { readonly parent: null; readonly url: string };
  targetId = '';
  windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  #sessionId = '';
  #url = '';
  #preloadContext: number | undefined;
  #requests: PageRequests | null = null;

  constructor(id: number, options: PageOptions) {
    super();
    this.id = id;
    this.mainFrame = Object.defineProperty({ parent: null, url: '' }, 'url', { get: this.getURL });
    this.created = this.#create(options);
  }

  getURL = (): string => this.#url;
  isDestroyed = (): boolean => false;
  setWindowOpenHandler = (handler: WindowOpenHandler): void => void (this.windowOpenHandler = handler);
  reload = (): Promise<Params> => this.#send('Page.reload');

  send(channel: string, ...args: readonly unknown[]): void {
    const call = `__receive(${JSON.stringify(channel)}, ${JSON.stringify(args.map(encode))})`;
    void this.created.then(() => this.#inPreload(call));
  }

  async loadURL(url: string): Promise<void> {
    await this.created;
    const loadable = toLoadable(url);
    this.#requests?.expect(loadable);
    const finished = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.#send<{ errorText?: string }>('Page.navigate', { url: loadable });
    if (errorText !== undefined) throw new Error(`${errorText} (${url})`);
    await finished;
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    await this.created;
    const { result, exceptionDetails } = await this.#send<{
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }

  /** Ends the page as a crashed renderer does. */
  async forcefullyCrashRenderer(): Promise<void> {
    await this.created;
    void this.#send('Page.crash').catch(() => undefined);
  }

  async closePage(): Promise<void> {
    await this.created;
    await browser().send('Target.closeTarget', { targetId: this.targetId });
  }

  async #create({ width, height, preload }: PageOptions): Promise<void> {
    const cdp = browser();
    const target = { url: 'about:blank', newWindow: true, width, height };
    ({ targetId: this.targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', target));
    ({ sessionId: this.#sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: this.targetId,
      flatten: true,
    }));
    this.#listen();
    await this.#send('Page.enable');
    await this.#send('Runtime.enable');
    await this.#send('Inspector.enable');
    await this.#send('Runtime.addBinding', { name: sendBinding, executionContextName: isolatedWorldName });
    await this.#onNewDocument(`(${mainWorld.toString()})(${inWorlds})`);
    if (preload !== undefined) {
      await this.#onNewDocument(preloadScript(readFileSync(preload, 'utf8')), isolatedWorldName);
    }
    this.#requests = new PageRequests(this, (method, params) => this.#send(method, params));
    await this.#requests.enable((listener) => {
      cdp.on('Fetch.requestPaused', listener, this.#sessionId);
    });
  }

  #listen(): void {
    const on = (method: string, listener: (event: never) => void): void => {
      browser().on(method, listener, this.#sessionId);
    };
    on(
      'Runtime.executionContextCreated',
      ({ context }: { context: { id: number; name: string; auxData: { frameId: string } } }) => {
        if (context.name === isolatedWorldName && context.auxData.frameId === this.targetId) {
          this.#preloadContext = context.id;
        }
      },
    );
    on('Runtime.bindingCalled', (event: { name: string; payload: string; executionContextId: number }) => {
      if (event.name !== sendBinding || event.executionContextId !== this.#preloadContext) return;
      void this.#receive(JSON.parse(event.payload) as IpcMessage);
    });
    on('Page.frameNavigated', ({ frame }: { frame: { parentId?: string; url: string } }) => {
      if (frame.parentId !== undefined) return;
      this.#url = toOwn(frame.url);
      this.emit('did-navigate', {}, this.#url);
    });
    on('Page.loadEventFired', () => {
      this.emit('dom-ready', {});
      this.emit('did-finish-load', {});
    });
    on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
  }

  async #receive({ type, id, channel, args }: IpcMessage): Promise<void> {
    const event = { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: 1, type: 'frame' };
    if (type === 'send') {
      ipcMain.emit(channel, event, ...args.map(decode));
      return;
    }
    try {
      const handler = ipcMain.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const value: unknown = await handler(event, ...args.map(decode));
      this.#inPreload(`__settle(${String(id)}, ${JSON.stringify(encode(value))})`);
    } catch (error: unknown) {
      const words = `Error invoking remote method '${channel}': ${String(error)}`;
      this.#inPreload(`__settle(${String(id)}, null, ${JSON.stringify(words)})`);
    }
  }

  /** A page that navigated away meanwhile hears nothing, as in Electron. */
  #inPreload(expression: string): void {
    if (this.#preloadContext === undefined) return;
    const params = { expression, contextId: this.#preloadContext };
    this.#send('Runtime.evaluate', params).catch(() => undefined);
  }

  #onNewDocument(source: string, worldName?: string): Promise<Params> {
    const world = worldName === undefined ? {} : { worldName };
    return this.#send('Page.addScriptToEvaluateOnNewDocument', { source, ...world });
  }

  #send<Result = Params>(method: string, params: Params = {}): Promise<Result> {
    return browser().send<Result>(method, params, this.#sessionId);
  }
}

/** A sandboxed preload: CommonJS with `electron` and nothing else to require. */
function preloadScript(source: string): string {
  const world = `(${isolatedWorld.toString()})(${inWorlds}, ${JSON.stringify(sendBinding)})`;
  return `(() => {
    const electron = ${world};
    if (electron === null) return;
    const require = (name) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error('module not found: ' + name);
    };
    const process = { type: 'renderer', sandboxed: true, contextIsolated: true, platform: '${process.platform}', env: {} };
    (function (require, process, module, exports) {${source}\n})(require, process, { exports: {} }, {});
  })()`;
}
