/** Reads the words of a command line as imsg's argument library does: no abbreviations, the last of equal options counts. */
import { readFileSync } from 'node:fs';
import { ImsgError } from './imsg-error.ts';
import { nothingSelected } from './input.ts';
import type { Input, Part, Selection } from './input.ts';
import { commaList, readsAsNumber, wholeNumber } from './text-rules.ts';

export interface OptionNames {
  readonly values: readonly string[];
  readonly flags: readonly string[];
}

const sameOption: Readonly<Record<string, string>> = {
  'json-output': 'json',
  jsonOutput: 'json',
  logLevel: 'log-level',
  handle: 'to',
};
const shortNames: Readonly<Record<string, string>> = { v: 'verbose', j: 'json', r: 'reaction' };
const valuesEverywhere = ['log-level', 'logLevel', 'db'];
const flagsEverywhere = ['verbose', 'json', 'json-output', 'jsonOutput'];

export class Options implements Input {
  readonly via = 'cli';
  /** Words that belong to no option, before any `--`. */
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly #strict: boolean;

  /** @throws ImsgError for an option the command does not have, or one without its value */
  constructor(args: readonly string[], names: OptionNames, strict: boolean) {
    const { values, words } = parse(args, names);
    this.#values = values;
    this.words = words;
    this.#strict = strict;
  }

  text(_keys: readonly string[], option = ''): string | null {
    return this.#values.get(option)?.at(-1) ?? null;
  }

  whole(_keys: readonly string[], option = ''): number | null {
    const text = this.text([], option);
    const value = text === null ? null : wholeNumber(text);
    if (this.#strict && text !== null && (value === null || value < 1))
      throw new ImsgError(`Invalid value for option: --${option}`);
    return value;
  }

  flag(_keys: readonly string[], option = ''): boolean | null {
    const text = this.text([], option);
    return text === null ? null : text !== 'false';
  }

  list(_keys: readonly string[], option = ''): readonly string[] | null {
    const values = this.#values.get(option) ?? null;
    return option === 'addresses' ? commaList(values?.at(-1) ?? '') : values;
  }

  parts(): readonly Part[] | null {
    const file = this.text([], 'parts-file');
    const json = this.text([], 'parts') ?? (file === null ? null : readTextFile(file));
    if (json === null) return null;
    try {
      return JSON.parse(json) as readonly Part[];
    } catch {
      throw new ImsgError('Invalid parts');
    }
  }

  ignore(): void {
    // Options without consequence are never read.
  }

  selection(): Selection {
    const selection = {
      to: this.#given('to'),
      chatId: this.whole([], 'chat-id'),
      identifier: this.#given('chat-identifier'),
      guid: this.#given('chat-guid'),
    };
    if (selection.to !== null && (selection.chatId ?? selection.identifier ?? selection.guid) !== null)
      throw new ImsgError('Use either --to or a chat, not both');
    return selection;
  }

  chat(): Selection {
    return { ...nothingSelected, chatId: this.whole([], 'chat-id'), guid: this.#given('chat') };
  }

  /** An empty value counts as none. */
  #given(option: string): string | null {
    const text = this.text([], option);
    return text === '' ? null : text;
  }

  done(): void {
    // Unknown options never get this far.
  }
}

/** Files named on the command line are read when the command runs, not when it was checked. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ImsgError(`Cannot read ${path}`);
  }
}

interface Parsed {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
}

function parse(args: readonly string[], names: OptionNames): Parsed {
  const values = new Map<string, readonly string[]>();
  const words: string[] = [];
  const flags = [...names.flags, ...flagsEverywhere];
  const withValue = [...names.values, ...valuesEverywhere];
  const keep = (name: string, value: string): void => {
    const key = sameOption[name] ?? name;
    values.set(key, [...(values.get(key) ?? []), value]);
  };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') {
      if (at + 1 < args.length) throw new ImsgError(`Unexpected argument: ${args[at + 1] ?? ''}`);
      break;
    }
    if (!isOption(word)) {
      words.push(word);
      continue;
    }
    for (const { name, value } of namesIn(word)) {
      if (value === undefined && flags.includes(name)) keep(name, 'true');
      else if (!withValue.includes(name)) throw new ImsgError(`Unknown option ${word.split('=')[0] ?? word}`);
      else if (value !== undefined) keep(name, value);
      else {
        at += 1;
        const next = args[at];
        if (next === undefined || isOption(next)) throw new ImsgError(`Missing value for option --${name}`);
        keep(name, next);
        if (name === 'participants') while (!isOption(args[at + 1] ?? '--')) keep(name, args[++at] ?? '');
      }
    }
  }
  return { values, words };
}

/** A dash-led word; one that reads as a number is a value, and so is a lone dash. */
function isOption(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && !readsAsNumber(word);
}

function namesIn(word: string): readonly { readonly name: string; readonly value: string | undefined }[] {
  const long = /^--([^=]*)(?:=(.*))?$/su.exec(word);
  if (long !== null) return [{ name: long[1] ?? '', value: long[2] }];
  return Array.from(word.slice(1), (letter) => ({ name: shortNames[letter] ?? letter, value: undefined }));
}
