/** Stopped messages on disk, one file each, so that they outlive the process that stopped them and the app's absence. */
import { appendFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { isForbidden, isSurplus } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import type { GuardFiles } from './guard-files.ts';
import { createOnce, replaceText } from './private-file.ts';
import { spoolIndex } from './spool-index.ts';

/** A runaway agent must not fill the disk; what comes after is counted, not kept. */
export const spoolLimit = 2000;

export interface SpoolContent {
  /** Oldest first. */
  readonly sends: readonly BlockedSend[];
  /** Files that could not be read; they stay where they are. */
  readonly unreadable: number;
  /** Messages that were stopped but not kept because the spool was full. */
  readonly overflow: number;
}

export function readSpool(files: GuardFiles): SpoolContent {
  const { sends, unreadable } = spoolIndex(files.spool).all();
  return { sends, unreadable, overflow: overflow(files) };
}

export function findSpooled(files: GuardFiles, id: string): BlockedSend | null {
  return /^[A-Za-z0-9_-]{8,64}$/.test(id) ? spoolIndex(files.spool).one(`${id}.json`) : null;
}

/**
 * Writes a stopped message down. The same message stopped again (same channel, recipients, text and files) while the
 * earlier one is still refused is counted on its entry instead.
 * @returns the entry, or null when the spool is full and it was only counted
 */
export function addToSpool(files: GuardFiles, send: BlockedSend): BlockedSend | null {
  const { sends } = readSpool(files);
  const same = sends.find((other) => isSameMessage(other, send));
  if (same) {
    const repeated = { ...send, id: same.id, createdAt: same.createdAt, attempts: same.attempts + 1 };
    writeSpooled(files, repeated);
    return repeated;
  }
  if (sends.length >= spoolLimit && !makeRoom(files, sends)) {
    mkdirSync(files.root, { recursive: true, mode: 0o700 });
    appendFileSync(files.spoolOverflow, '.', { mode: 0o600 });
    return null;
  }
  spoolIndex(files.spool).during(`${send.id}.json`, (path) => {
    if (!createOnce(path, encode(send))) throw new Error('Two stopped messages with the same id.');
  });
  return send;
}

/** Nobody is asked about what the owner has forbidden, so such a message never keeps out one that wants an answer. */
function makeRoom(files: GuardFiles, sends: readonly BlockedSend[]): boolean {
  const oldest = sends.find((send) => send.state === 'refused' && isForbidden(send));
  if (oldest === undefined) return false;
  removeSpooled(files, oldest.id);
  return true;
}

export function writeSpooled(files: GuardFiles, send: BlockedSend): void {
  spoolIndex(files.spool).during(`${send.id}.json`, (path) => {
    replaceText(path, encode(send));
  });
}

export function removeSpooled(files: GuardFiles, id: string): void {
  spoolIndex(files.spool).during(`${id}.json`, (path) => {
    rmSync(path, { force: true });
  });
}

function isSameMessage(one: BlockedSend, other: BlockedSend): boolean {
  return (
    one.state === 'refused' &&
    // Neither has a text: one is a single message, the other a question about many.
    isSurplus(one) === isSurplus(other) &&
    one.channel === other.channel &&
    one.account === other.account &&
    one.action === other.action &&
    one.textSha256 === other.textSha256 &&
    identity(one) === identity(other)
  );
}

function identity(send: BlockedSend): string {
  const files = (send.files ?? []).map(({ sha256 }) => sha256);
  return JSON.stringify([send.targets.map((target) => target.key ?? target.to), send.media, files]);
}

function overflow(files: GuardFiles): number {
  try {
    return statSync(files.spoolOverflow).size;
  } catch {
    return 0;
  }
}

function encode(send: BlockedSend): string {
  return `${JSON.stringify(send)}\n`;
}
