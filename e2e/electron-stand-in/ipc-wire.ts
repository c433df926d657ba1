/** `ipcMain`, and the values of IPC as they cross. */
import { EventEmitter } from 'node:events';
import { deserialize, serialize } from 'node:v8';
import { wireValues } from './wire-values.ts';

type Handler = (event: object, ...args: readonly unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

/** Both sides hand over a structured clone, whatever it is carried in between. */
export function encode(value: unknown): unknown {
  let bytes: Buffer;
  try {
    bytes = serialize(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
  return wire.encode(deserialize(bytes));
}

const refuse = (): never => {
  throw new Error('An object could not be cloned.');
};

const wire = wireValues({ keep: refuse, standIn: refuse });
export const { decode } = wire;
