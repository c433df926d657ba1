/** Owns the settings file: one name, place and format for both hosts. Whatever it cannot use, it keeps aside. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import type { Clock, Logger, SettingsFile } from '../../../core/ports.ts';
import type { SettingsFormat } from '../../../core/settings/settings-model.ts';
import { hasCode, reasonOf } from '../system/file-errors.ts';
import { keepAside, type AsideReason } from './keep-aside.ts';

const storeName = 'settings';
export const settingsFileName = `${storeName}.json`;

/** A hundred times what settings can take; a larger file is not ours. */
const mostBytes = 100_000;

/** What `conf` and `electron-store` have in common and we use. */
export interface SettingsStore {
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
export type OpenStore = (place: StorePlace) => SettingsStore;

export interface SettingsFileParts {
  /** The data directory; made when missing. */
  readonly directory: string;
  readonly openStore: OpenStore;
  readonly format: SettingsFormat;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function openSettingsFile(parts: SettingsFileParts): SettingsFile {
  return {
    read() {
      const { settings, keptAside } = load(parts);
      return { settings, keptAside };
    },
    write(settings) {
      // Looked at again before every write: a file edited or damaged since is kept aside, not written over.
      if (load(parts).inTheWay) return notSaved(parts.directory, 'the damaged file there could not be moved');
      return save(parts, settings);
    },
  };
}

interface Loaded {
  readonly settings: Settings;
  readonly keptAside: string | null;
  /** A file we could not use is still there, because it could not be moved either. */
  readonly inTheWay: boolean;
}

/**
 * Reads the bytes itself instead of asking the store: `conf` throws on broken JSON and reads a list or `null` as
 * empty settings, which the next write would then replace.
 */
function load({ directory, format, clock, logger }: SettingsFileParts): Loaded {
  const file = path.join(directory, settingsFileName);
  const asDefaults = (keptAside: string | null, inTheWay: boolean): Loaded => ({
    settings: defaultSettings,
    keptAside,
    inTheWay,
  });
  const setAside = (why: AsideReason, detail: string): Loaded => {
    const aside = keepAside(file, why, clock.now());
    logger.log('warn', 'settings.unusable', { detail, keptAside: aside });
    return asDefaults(aside, aside === null);
  };

  let document: unknown;
  try {
    document = readJson(file);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return asDefaults(null, false);
    return setAside('corrupt', reasonOf(error));
  }
  const read = format.read(document);
  if (read.ok) return { settings: read.value, keptAside: null, inTheWay: false };
  return setAside(read.error.kind === 'newer' ? 'newer' : 'corrupt', format.describe(read.error));
}

/** @throws when it is missing, unreadable, too large, not UTF-8 or not JSON */
function readJson(file: string): unknown {
  if (statSync(file).size > mostBytes) throw new RangeError('larger than any settings file');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  return JSON.parse(text);
}

function save({ directory, openStore, format, logger }: SettingsFileParts, settings: Settings): Result<null> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const store = openStore({
      directory,
      name: storeName,
      options: {
        fileExtension: 'json',
        configFileMode: 0o600,
        clearInvalidConfig: false,
        accessPropertiesByDotNotation: false,
      },
    });
    store.store = format.write(settings);
    return ok(null);
  } catch (error: unknown) {
    logger.log('error', 'settings.not-saved', { detail: reasonOf(error) });
    return notSaved(directory, reasonOf(error));
  }
}

function notSaved(directory: string, reason: string): Result<never> {
  return fail(
    appError('settings-not-saved', `Your settings could not be saved in ${directory}: ${reason}.`, true),
  );
}
