/**
 * The two scripts that make `contextBridge` work across JavaScript worlds in plain Chromium. They run in the page, as
 * text, so each is self-contained but for what it is handed. Functions are called back through events on `document`.
 */
import type { wireValues } from './wire-values.ts';

type WireValuesOf = typeof wireValues;

/** In the page's own world: receives what the preload exposes. */
export function mainWorld(prefix: string, valuesOf: WireValuesOf): void {
  interface Call {
    readonly f: number;
    readonly a: unknown[];
  }
  interface Answer {
    readonly value?: unknown;
    readonly error?: string;
    readonly promise?: number;
  }
  const callbacks = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastCallback = 0;
  let answer: Answer = {};

  const { encode, decode } = valuesOf({
    keep: (callback) => {
      callbacks.set((lastCallback += 1), callback);
      return lastCallback;
    },
    standIn:
      (f) =>
      (...args) =>
        call(f, args),
  });
  const listen = (name: string, run: (detail: never) => void): void => {
    document.addEventListener(prefix + name, (event) => {
      run(JSON.parse((event as CustomEvent<string>).detail) as never);
    });
  };
  const call = (f: number, args: unknown[]): unknown => {
    const detail = JSON.stringify({ f, a: args.map(encode) } satisfies Call);
    document.dispatchEvent(new CustomEvent(`${prefix}call`, { detail }));
    const { value, error, promise } = answer;
    if (error !== undefined) throw new Error(error);
    if (promise === undefined) return decode(value);
    return new Promise((resolve, reject) => promises.set(promise, { resolve, reject }));
  };
  const freeze = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };

  listen('answer', (detail: Answer) => {
    answer = detail;
  });
  listen('settled', ({ promise, value, error }: Answer & { readonly promise: number }) => {
    const waiting = promises.get(promise);
    promises.delete(promise);
    if (error === undefined) waiting?.resolve(decode(value));
    else waiting?.reject(new Error(error));
  });
  listen('callback', ({ f, a }: Call) => callbacks.get(f)?.(...a.map(decode)));
  listen('expose', ({ name, api }: { readonly name: string; readonly api: unknown }) => {
    Object.defineProperty(window, name, { value: freeze(decode(api)), enumerable: true });
  });
  const ready = (): void => void document.dispatchEvent(new CustomEvent(`${prefix}ready`));
  document.addEventListener(`${prefix}hello`, ready);
  ready();
}

/** In the preload's world. Main frame only, as Electron has it. Returns what `require('electron')` gives there. */
export function isolatedWorld(prefix: string, valuesOf: WireValuesOf, sendToMain: string): object | null {
  if (window.top !== window) return null;
  type Anything = (...args: unknown[]) => unknown;
  const functions = new Map<number, Anything>();
  const listeners = new Map<string, Set<Anything>>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const unexposed: { readonly name: string; readonly api: unknown }[] = [];
  let lastId = 0;
  let mainIsReady = false;

  const { encode, decode } = valuesOf({
    keep: (exposed) => {
      functions.set((lastId += 1), exposed);
      return lastId;
    },
    standIn:
      (f) =>
      (...args) => {
        fire('callback', { f, a: args.map(encode) });
      },
  });
  const fire = (name: string, detail: unknown): void => {
    document.dispatchEvent(new CustomEvent(prefix + name, { detail: JSON.stringify(detail) }));
  };
  const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  document.addEventListener(`${prefix}call`, (event) => {
    const { f, a } = JSON.parse((event as CustomEvent<string>).detail) as { f: number; a: unknown[] };
    try {
      const value = functions.get(f)?.(...a.map(decode));
      if (!(value instanceof Promise)) {
        fire('answer', { value: encode(value) });
        return;
      }
      const promise = (lastId += 1);
      fire('answer', { promise });
      value.then(
        (settled: unknown) => fire('settled', { promise, value: encode(settled) }),
        (error: unknown) => fire('settled', { promise, error: words(error) }),
      );
    } catch (error: unknown) {
      fire('answer', { error: words(error) });
    }
  });
  document.addEventListener(`${prefix}ready`, () => {
    mainIsReady = true;
    for (const waiting of unexposed.splice(0)) fire('expose', waiting);
  });
  document.dispatchEvent(new CustomEvent(`${prefix}hello`));

  const post = (message: object): void => {
    const send = (globalThis as unknown as Record<string, (text: string) => void>)[sendToMain];
    send?.(JSON.stringify(message));
  };
  // Called from the main process.
  Object.assign(globalThis, {
    __receive: (channel: string, args: unknown[]) => {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args.map(decode));
    },
    __settle: (id: number, value: unknown, error?: string) => {
      const waiting = calls.get(id);
      calls.delete(id);
      if (error === undefined) waiting?.resolve(decode(value));
      else waiting?.reject(new Error(error));
    },
  });
  const on = (channel: string, listener: Anything): void => {
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
  };
  const off = (channel: string, listener: Anything): void => void listeners.get(channel)?.delete(listener);
  return {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        const exposure = { name, api: encode(api) };
        if (mainIsReady) fire('expose', exposure);
        else unexposed.push(exposure);
      },
    },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) =>
        new Promise((resolve, reject) => {
          calls.set((lastId += 1), { resolve, reject });
          post({ type: 'invoke', id: lastId, channel, args: args.map(encode) });
        }),
      send: (channel: string, ...args: unknown[]) => {
        post({ type: 'send', channel, args: args.map(encode) });
      },
      on,
      off,
      removeListener: off,
    },
  };
}
