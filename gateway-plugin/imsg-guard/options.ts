/** Reads the words of an imsg command line as its argument library does, as far as they can mean one thing only. */
import type { SendingCall } from './parameters.ts';
import { parameterOf } from './parameters.ts';

const everywhere = {
  values: new Map([
    ['log-level', 'log-level'],
    ['logLevel', 'log-level'],
    ['db', 'db'],
  ]),
  flags: new Map([
    ['json', 'json'],
    ['json-output', 'json'],
    ['jsonOutput', 'json'],
    ['verbose', 'verbose'],
  ]),
  short: new Map([
    ['v', 'verbose'],
    ['j', 'json'],
  ]),
} as const;
/** Dash-led words that Swift reads as a number are values. */
const numberWord = /^-(?:[0-9.]|inf|nan)/iu;
const shortFlags = /^-[a-zA-Z]+$/u;

export interface GivenOption {
  readonly name: string;
  /** null: a flag. */
  readonly value: string | null;
}

export interface Words {
  readonly options: readonly GivenOption[];
  /** Words that belong to no option. */
  readonly others: readonly string[];
}

/** null when anything is not exactly an option of the call, or stands twice without being meant to. */
export function readOptions(words: readonly string[], call: SendingCall): Words | null {
  const options: GivenOption[] = [];
  const others: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return null;
    if (!isOption(word)) {
      others.push(word);
      continue;
    }
    const flags = shortFlags.test(word) ? shorts(word.slice(1)) : null;
    if (flags !== null) {
      options.push(...flags);
      continue;
    }
    const long = /^--([a-zA-Z][a-zA-Z-]*)(?:=(.*))?$/su.exec(word);
    const given = long?.[1];
    const parameter = given === undefined ? null : parameterOf(call, given);
    if (given === undefined) return null;
    const flag = everywhere.flags.get(given) ?? (parameter?.role === 'flag' ? given : undefined);
    if (flag !== undefined) {
      if (long?.[2] !== undefined) return null;
      options.push({ name: flag, value: null });
      continue;
    }
    const name = everywhere.values.get(given) ?? parameter?.names[0];
    if (name === undefined) return null;
    let value = long?.[2];
    if (value === undefined) {
      at += 1;
      value = words[at];
      if (value === undefined || isOption(value)) return null;
    }
    options.push({ name, value });
  }
  return hasDoubles(options, call) ? null : { options, others };
}

function isOption(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && !numberWord.test(word);
}

function shorts(letters: string): readonly GivenOption[] | null {
  const names = Array.from(letters, (letter) => everywhere.short.get(letter));
  return names.every((name) => name !== undefined) ? names.map((name) => ({ name, value: null })) : null;
}

function hasDoubles(options: readonly GivenOption[], call: SendingCall): boolean {
  const single = options
    .filter(({ name, value }) => value !== null && parameterOf(call, name)?.role !== 'texts')
    .map(({ name }) => name);
  return new Set(single).size < single.length;
}

/** @returns words that mean these options to every version of imsg */
export function writeOptions(options: readonly GivenOption[]): readonly string[] {
  return options.flatMap(({ name, value }) => {
    if (value === null) return [`--${name}`];
    return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
  });
}
