/** A file that only grows, for the owner's eyes only. */
import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface GrowingFile {
  readonly descriptor: number;
  /** Bytes; whoever writes counts on. */
  size: number;
}

/** Makes its folder, too. @throws file errors */
export function openGrowingFile(path: string): GrowingFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(path, 'a', 0o600);
  // It may be older than we are, or have come from a backup, with other rights.
  fchmodSync(descriptor, 0o600);
  return { descriptor, size: fstatSync(descriptor).size };
}

export function closeGrowingFile(file: GrowingFile | null): void {
  if (file === null) return;
  try {
    closeSync(file.descriptor);
  } catch {
    // Nothing more can be done for it.
  }
}
