/** What a tester may change about the Mac the scripted imsg pretends to run on: `settings.json` in its folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Settings {
  /** Of imsg. Below 0.14 it coerces and ignores what it does not know (lenient), from 0.14 on it refuses (strict). */
  readonly version: string;
  /**
   * The helper inside Messages. failing: carries out, then reports an error; stuck: carries out and never answers.
   */
  readonly bridge: 'ready' | 'off' | 'failing' | 'stuck';
  /** Country in which Messages reads a national number that imsg hands on as written. */
  readonly macRegion: string;
  /** Which of two equal JSON keys counts is not documented. */
  readonly equalKeys: 'first' | 'last';
  readonly trailingComma: 'refused' | 'accepted';
  readonly contacts: readonly Contact[];
  readonly contactsReadable: boolean;
  /** People for whom sending over iMessage ends in an error, though the message may have left. */
  readonly iMessageFails: readonly string[];
  /** How answers arrive: pieces of so many bytes, and an end of the process after so many bytes; 0: whole, never. */
  readonly answerPieceBytes: number;
  readonly diesAfterBytes: number;
}

export interface Contact {
  readonly name: string;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
}

const defaults: Settings = {
  version: '0.13.4',
  bridge: 'ready',
  macRegion: 'US',
  equalKeys: 'last',
  trailingComma: 'refused',
  contacts: [],
  contactsReadable: true,
  iMessageFails: [],
  answerPieceBytes: 0,
  diesAfterBytes: 0,
};

/** @throws SyntaxError when the tester wrote no JSON */
export function readSettings(folder: string): Settings {
  let text: string;
  try {
    text = readFileSync(join(folder, 'settings.json'), 'utf8');
  } catch {
    return defaults;
  }
  return { ...defaults, ...(JSON.parse(text) as Partial<Settings>) };
}

export function atLeast({ version }: Pick<Settings, 'version'>, wanted: string): boolean {
  return version.localeCompare(wanted, 'en', { numeric: true }) >= 0;
}

export function isStrict(settings: Pick<Settings, 'version'>): boolean {
  return atLeast(settings, '0.14.0');
}
