import { describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../contract/api.ts';
import { commandNames, pushNames } from '../contract/api.ts';

const { exposed, ipc } = vi.hoisted(() => {
  const heard = new Map<string, (event: unknown, payload: unknown) => void>();
  return {
    exposed: new Map<string, unknown>(),
    ipc: {
      heard,
      invoke: vi.fn(() => Promise.resolve({ ok: true, value: null })),
      on: vi.fn((channel: string, listener: (event: unknown, payload: unknown) => void) => {
        heard.set(channel, listener);
      }),
      off: vi.fn((channel: string) => heard.delete(channel)),
    },
  };
});

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api) },
  ipcRenderer: ipc,
}));

await import('./preload.ts');
const bridge = exposed.get('portcullis') as Bridge;

describe('what the page gets', () => {
  it('is window.portcullis and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['portcullis']);
    expect(Object.keys(bridge)).toEqual(['invoke', 'on']);
  });

  it.each(commandNames)('sends %s over its own channel', async (name) => {
    await bridge.invoke(name, { key: 'chat:1' } as never);
    expect(ipc.invoke).toHaveBeenLastCalledWith(`portcullis:${name}`, { key: 'chat:1' });
  });

  it.each(pushNames)('hears %s without the event object, until it stops listening', (name) => {
    const listener = vi.fn();
    const stop = bridge.on(name, listener);
    ipc.heard.get(`portcullis:${name}`)?.({ sender: 'ipcRenderer' }, { seq: 1 });
    expect(listener.mock.calls).toEqual([[{ seq: 1 }]]);
    stop();
    expect(ipc.heard.has(`portcullis:${name}`)).toBe(false);
  });

  it.each(['snapshot.changed', 'portcullis:app.quit', '__proto__', 'ELECTRON_BROWSER_REQUIRE'])(
    'sends nothing for %s',
    (name) => {
      ipc.invoke.mockClear();
      expect(() => bridge.invoke(name as never, undefined as never)).toThrow();
      expect(ipc.invoke).not.toHaveBeenCalled();
    },
  );

  it('listens to nothing outside the table', () => {
    expect(() => bridge.on('app.quit' as never, () => undefined)).toThrow();
  });
});
