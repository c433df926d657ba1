/** Notices sends that another process stopped (the transport guard), so that the owner hears of them at once. */
import { mkdirSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import type { GuardFiles } from '../store/guard-files.ts';
import { findSpooled } from '../store/spool.ts';

/** @param onStopped called with the id of every send the transport guard wrote down */
export function watchSpool(files: GuardFiles, onStopped: (id: string) => void): () => void {
  mkdirSync(files.spool, { recursive: true, mode: 0o700 });
  const watcher: FSWatcher = watch(files.spool, { persistent: false }, (_kind, name) => {
    const id = /^([A-Za-z0-9_-]{8,64})\.json$/u.exec(name ?? '')?.[1];
    if (id === undefined) return;
    const send = findSpooled(files, id);
    if (send?.layer === 'imsg-guard' && send.state === 'refused') onStopped(id);
  });
  watcher.on('error', () => {
    watcher.close(); // the list is still read on connect and on every other event
  });
  return () => {
    watcher.close();
  };
}
