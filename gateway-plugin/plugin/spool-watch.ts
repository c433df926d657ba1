/** Notices what another process (the transport guard) does to stopped sends, so that the owner hears of it at once. */
import { mkdirSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { wasCarriedOut } from '../store/claims.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { findSpooled } from '../store/spool.ts';

export interface SpoolNews {
  /** The transport guard wrote a send down. */
  readonly stopped: (send: BlockedSend) => void;
  /** A send is gone because somebody used its one-time allowance; told for those of this process as well. */
  readonly sent: (id: string) => void;
}

export function watchSpool(files: GuardFiles, news: SpoolNews): () => void {
  mkdirSync(files.spool, { recursive: true, mode: 0o700 });
  const watcher: FSWatcher = watch(files.spool, { persistent: false }, (_kind, name) => {
    const id = /^([A-Za-z0-9_-]{8,64})\.json$/u.exec(name ?? '')?.[1];
    if (id === undefined) return;
    const send = findSpooled(files, id);
    // What the gateway itself stops it tells by itself.
    if (send !== null && send.layer !== 'gateway-plugin' && send.state === 'refused') news.stopped(send);
    if (send === null && wasCarriedOut(files, id)) news.sent(id);
  });
  watcher.on('error', () => {
    watcher.close(); // the list is still read on connect and on every other event
  });
  return () => {
    watcher.close();
  };
}
