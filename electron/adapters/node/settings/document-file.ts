/** One JSON document of ours on disk, whoever writes it: read whole, replaced whole, kept aside when it is unusable. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../../../contract/result.ts';
import { fail, ok } from '../../../contract/result.ts';
import type { Clock, Logger } from '../../../core/ports.ts';
import { hasCode, reasonOf } from '../system/file-errors.ts';
import { keepAside, type AsideReason } from './keep-aside.ts';

/** What `conf` and `electron-store` have in common and we use. */
export interface DocumentStore {
  /** Setting it replaces the file atomically. */
  store: Record<string, unknown>;
}

/** Where and how both hosts open their store; electron-store calls `directory` cwd and `name` name. */
export interface StorePlace {
  readonly directory: string;
  readonly name: string;
  readonly options: {
    readonly fileExtension: 'json';
    readonly configFileMode: number;
    /** Damaged files are ours to keep aside; the store must never clear one. */
    readonly clearInvalidConfig: false;
    readonly accessPropertiesByDotNotation: false;
  };
}

/** May throw: the constructors of both stores read the file and check it. */
export type OpenStore = (place: StorePlace) => DocumentStore;

/** Handed in by the composition: what such a document is. */
export interface DocumentFormat<T> {
  /** Fails with why it cannot be used; never with a value from the file. */
  readonly read: (document: unknown) => Result<T, { readonly why: AsideReason; readonly detail: string }>;
  readonly write: (value: T) => Record<string, unknown>;
}

export interface DocumentFileParts<T> {
  /** The data directory; made when missing. */
  readonly directory: string;
  /** Without `.json`; also the beginning of its events in the log. */
  readonly name: string;
  /** A larger file is not ours. */
  readonly mostBytes: number;
  readonly openStore: OpenStore;
  readonly format: DocumentFormat<T>;
  /** What holds while there is none. */
  readonly empty: T;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Loaded<T> {
  readonly value: T;
  readonly keptAside: string | null;
  /** A file we could not use is still there, because it could not be moved either. */
  readonly inTheWay: boolean;
}

/**
 * Reads the bytes itself instead of asking the store: `conf` throws on broken JSON and reads a list or `null` as
 * an empty document, which the next write would then replace.
 */
export function loadDocument<T>(parts: DocumentFileParts<T>): Loaded<T> {
  const { directory, name, mostBytes, format, empty, clock, logger } = parts;
  const file = path.join(directory, `${name}.json`);
  const asEmpty = (keptAside: string | null, inTheWay: boolean): Loaded<T> => ({
    value: empty,
    keptAside,
    inTheWay,
  });
  const setAside = (why: AsideReason, detail: string): Loaded<T> => {
    const aside = keepAside(file, why, clock.now());
    logger.log('warn', `${name}.unusable`, { detail, keptAside: aside });
    return asEmpty(aside, aside === null);
  };

  let document: unknown;
  try {
    document = readJson(file, mostBytes);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return asEmpty(null, false);
    return setAside('corrupt', reasonOf(error));
  }
  const read = format.read(document);
  if (read.ok) return { value: read.value, keptAside: null, inTheWay: false };
  return setAside(read.error.why, read.error.detail);
}

/**
 * Looks at the file again first: one edited or damaged since is kept aside, not written over.
 * @returns or fails with the reason in words
 */
export function saveDocument<T>(parts: DocumentFileParts<T>, value: T): Result<null, string> {
  if (loadDocument(parts).inTheWay) return fail('the damaged file there could not be moved');
  const { directory, name, openStore, format, logger } = parts;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const store = openStore({
      directory,
      name,
      options: {
        fileExtension: 'json',
        configFileMode: 0o600,
        clearInvalidConfig: false,
        accessPropertiesByDotNotation: false,
      },
    });
    store.store = format.write(value);
    return ok(null);
  } catch (error: unknown) {
    logger.log('error', `${name}.not-saved`, { detail: reasonOf(error) });
    return fail(reasonOf(error));
  }
}

/** @throws when it is missing, unreadable, too large, not UTF-8 or not JSON */
function readJson(file: string, mostBytes: number): unknown {
  if (statSync(file).size > mostBytes) throw new RangeError('larger than any file of ours');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  return JSON.parse(text);
}
