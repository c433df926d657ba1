/** The settings store of the desktop host: electron-store, over the same file as the browser host's `conf`. */
import { ipcMain } from 'electron';
import Store from 'electron-store';
import type { DocumentStore, StorePlace } from '../node/settings/document-file.ts';

/** @throws when the file cannot be read, as the constructor of `conf` does */
export function openElectronStore({ directory, name, options }: StorePlace): DocumentStore {
  const store = new Store({ ...options, cwd: directory, name });
  // SECURITY: electron-store answers every frame on this channel with the data directory; our window never asks.
  ipcMain.removeAllListeners('electron-store-get-data');
  return store;
}
