/** `ipcMain`, and the values of IPC as they cross. */
import { EventEmitter } from 'node:events';
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

const refuse = (): never => {
  throw new Error('An object could not be cloned.');
};

/** A small part of structured clone. */
export const { encode, decode } = wireValues({ keep: refuse, standIn: refuse });
