/**
 * The stopped messages of one folder in memory: each file is read once, and again when it is another one. Several
 * processes write there, so what is known is checked against the folder before every use.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { blockedSendSchema } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { readText } from './private-file.ts';

/** Messages with longer texts are read whenever they are asked for: two thousand of them would fill the memory. */
const longestKept = 32_000;
/** A file system tells changes apart only so far. */
const sameMomentMs = 50;

interface Known {
  readonly stamp: string;
  /** Null: the file cannot be read. Undefined: too long to keep. */
  readonly send: BlockedSend | null | undefined;
}

export interface SpoolListing {
  /** Oldest first. */
  readonly sends: readonly BlockedSend[];
  readonly unreadable: number;
}

const indexes = new Map<string, SpoolIndex>();

export function spoolIndex(folder: string): SpoolIndex {
  const known = indexes.get(folder);
  if (known !== undefined) return known;
  const index = new SpoolIndex(folder);
  indexes.set(folder, index);
  return index;
}

class SpoolIndex {
  readonly #folder: string;
  readonly #known = new Map<string, Known>();
  /** Of the folder when everything in it was known; null: it has to be looked through. */
  #stamp: string | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  all(): SpoolListing {
    try {
      this.#lookThrough();
    } catch {
      return { sends: [], unreadable: 1 };
    }
    const read = [...this.#known].map(([name, known]) => this.#send(name, known));
    const sends = read.filter((send) => send !== null);
    return {
      sends: sends.sort((one, other) => one.createdAt - other.createdAt || one.id.localeCompare(other.id)),
      unreadable: read.length - sends.length,
    };
  }

  one(name: string): BlockedSend | null {
    const known = this.#learn(name);
    return known === null ? null : this.#send(name, known);
  }

  /** Runs a change of one file. The folder is looked through afterwards: somebody else may have changed it meanwhile. */
  during(name: string, change: (path: string) => void): void {
    try {
      change(join(this.#folder, name));
    } finally {
      this.#learn(name);
      this.#stamp = null;
    }
  }

  #lookThrough(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const stamp = folderStamp(this.#folder);
    if (stamp !== null && stamp === this.#stamp) return;
    const names = new Set(readdirSync(this.#folder).filter((name) => name.endsWith('.json')));
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
    for (const name of names) this.#learn(name);
    this.#stamp = stamp;
  }

  #learn(name: string): Known | null {
    const path = join(this.#folder, name);
    const stamp = fileStamp(path);
    if (stamp === null) {
      this.#known.delete(name);
      return null;
    }
    const before = this.#known.get(name);
    if (before?.stamp === stamp) return before;
    const send = readOne(path);
    const known = { stamp, send: send !== null && send.text.length > longestKept ? undefined : send };
    this.#known.set(name, known);
    return known;
  }

  #send(name: string, known: Known): BlockedSend | null {
    return known.send === undefined ? readOne(join(this.#folder, name)) : known.send;
  }
}

/** Null: it changed just now, so that one more change would look the same. */
function folderStamp(folder: string): string | null {
  const stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined || Math.abs(Date.now() - Number(stats.mtimeMs)) < sameMomentMs) return null;
  return `${String(stats.ino)}:${String(stats.mtimeNs)}`;
}

function fileStamp(path: string): string | null {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined
      ? null
      : [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].map(String).join(':');
  } catch {
    return null;
  }
}

function readOne(path: string): BlockedSend | null {
  try {
    const text = readText(path);
    return text === null ? null : blockedSendSchema.parse(JSON.parse(text));
  } catch {
    return null; // counted by whoever lists; the file is kept
  }
}
