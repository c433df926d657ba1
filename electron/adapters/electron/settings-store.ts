/** The settings store of the desktop host: electron-store, over the same file as the browser host's `conf`. */
import { ipcMain } from 'electron';
import Store from 'electron-store';

/** What the shared settings file asks a store for; `conf` in adapters/node answers the same. */
export interface StorePlace {
  readonly directory: string;
  readonly name: string;
  readonly options: {
    readonly fileExtension: 'json';
    readonly configFileMode: number;
    readonly clearInvalidConfig: false;
    readonly accessPropertiesByDotNotation: false;
  };
}

/** @throws when the file cannot be read, as the constructor of `conf` does */
export function openElectronStore({ directory, name, options }: StorePlace): {
  store: Record<string, unknown>;
} {
  const store = new Store({ ...options, cwd: directory, name });
  // SECURITY: electron-store answers every frame on this channel with the data directory; our window never asks.
  ipcMain.removeAllListeners('electron-store-get-data');
  return store;
}
