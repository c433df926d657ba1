/** The files of one message: private copies, so that what was looked at is what leaves. */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import { copyPrivately } from '../store/file-copy.ts';
import type { PrivateCopy } from '../store/file-copy.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import type { TicketFile } from '../store/tickets.ts';

export interface OutgoingFiles {
  /** As they are told to the owner. */
  readonly stopped: readonly StoppedFile[];
  /** null when one of them cannot be read, or is more than is ever copied: then nothing is bound to its bytes. */
  readonly copies: readonly PrivateCopy[] | null;
  remove(): Promise<void>;
}

/** Left behind by a guard that was killed. */
const forgottenMs = 60 * 60 * 1000;

export async function takeFiles({ outbox }: GuardFiles, paths: readonly string[]): Promise<OutgoingFiles> {
  await removeForgotten(outbox);
  const taken = await Promise.all(paths.map((path) => copyPrivately(path, outbox)));
  const copies = taken.flatMap((copy) => (copy.ok ? [copy.value] : []));
  return {
    stopped: taken.map((copy, index) => ({
      name: basename(paths[index] ?? '').slice(0, 2000),
      bytes: copy.ok ? copy.value.bytes : null,
      sha256: copy.ok ? copy.value.sha256 : null,
    })),
    copies: copies.length === paths.length ? copies : null,
    remove: async () => {
      await Promise.all(copies.map((copy) => copy.remove()));
    },
  };
}

async function removeForgotten(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const about = await stat(path).catch(() => null);
    if (about !== null && Date.now() - about.mtimeMs > forgottenMs)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

export function ticketFiles({ copies }: OutgoingFiles): readonly TicketFile[] | null {
  return copies?.map(({ path, sha256 }) => ({ name: basename(path), sha256 })) ?? null;
}
