/** Reads an imsg command line, and writes it anew from what was read. */
import { hasDuplicateKey } from '../../electron/contract/guard/json-keys.ts';
import { asksForAnother, filledIn, recipientsIn, requestOf } from './call-entries.ts';
import type { Entry } from './call-entries.ts';
import { commandsWithWords, readingCommands, sendingCommands } from './command-table.ts';
import { readOptions, writeOptions } from './options.ts';
import type { GivenOption } from './options.ts';
import { parameterOf, sending } from './parameters.ts';
import type { Role, SendingCall } from './parameters.ts';
import { unreadableSend } from './send-request.ts';
import type { SendRequest, Written } from './send-request.ts';

export type CommandLine =
  | { readonly kind: 'rpc'; readonly args: readonly string[] }
  /** Nobody else notices it. */
  | { readonly kind: 'reading'; readonly args: readonly string[] }
  | {
      readonly kind: 'send';
      readonly request: SendRequest;
      /** The arguments to pass on; null for what is never passed on. */
      readonly write: ((written: Written) => readonly string[]) | null;
    };

export interface CommandSettings {
  /** The one imsg is to use for national numbers. */
  readonly region: string;
  /** Messages' database, where it is not imsg's own default; no other may be named. */
  readonly database: string | null;
  /** Content of a file a caller names; null: cannot be read. */
  readonly readFile: (path: string) => string | null;
}

const help: ReadonlySet<string> = new Set(['--help', '-h']);
const version: ReadonlySet<string> = new Set(['--version', '-V']);
/** The value of a `…-file` option is read once, here, and handed on under the other name. */
const inlined: ReadonlyMap<string, string> = new Map([
  ['format-file', 'format'],
  ['parts-file', 'parts'],
]);
const noOptions = sending();
const launch = sending('flag:kill-only');

export function readCommandLine(args: readonly string[], settings: CommandSettings): CommandLine {
  const harmless = helpOrVersion(args);
  if (harmless !== null) return { kind: 'reading', args: harmless };
  const [command = '', ...rest] = args;
  if (command === 'rpc' || command === 'launch') {
    const read = readOptions(rest, command === 'rpc' ? noOptions : launch);
    const options = read?.others.length === 0 ? withDatabase(read.options, settings) : null;
    if (options === null) return refused(command, args);
    return { kind: command === 'rpc' ? 'rpc' : 'reading', args: [command, ...writeOptions(options)] };
  }
  const unread = command === 'chat-mark' && rest.includes('--unread') && !rest.includes('--read');
  const worded = commandsWithWords.has(command);
  if (unread || readingCommands.has(worded ? `${command} ${rest[0] ?? ''}` : command))
    return reading(args, settings);
  // It may be an option's value; then the words that are left over will not be the ones expected.
  const word = worded ? rest.find((each) => /^[a-z]+$/u.test(each)) : undefined;
  const name = word === undefined ? command : `${command} ${word}`;
  const call = sendingCommands.get(name);
  return call === undefined ? refused(command, args) : sendingLine(name, call, args, settings);
}

/** Wherever they stand, imsg then does nothing else. */
function helpOrVersion(args: readonly string[]): readonly string[] | null {
  const [command = ''] = args;
  const ends = args.indexOf('--');
  const words = ends < 0 ? args : args.slice(0, ends);
  if (words.some((word) => version.has(word))) return ['--version'];
  if (args.length > 0 && !words.some((word) => help.has(word))) return null;
  return /^[a-z][a-z-]*$/u.test(command) ? [command, '--help'] : ['--help'];
}

function reading(args: readonly string[], { database }: CommandSettings): CommandLine {
  for (const [at, word] of args.entries()) {
    const given =
      word === '--db' ? args[at + 1] : word.startsWith('--db=') ? word.slice('--db='.length) : null;
    if (given !== null && given !== database) return refused(args[0] ?? '', args);
  }
  return { kind: 'reading', args };
}

function sendingLine(
  name: string,
  call: SendingCall,
  args: readonly string[],
  settings: CommandSettings,
): CommandLine {
  const [command = '', ...rest] = args;
  const words = name.split(' ');
  const read = readOptions(rest, call);
  const others = read?.others.join(' ') === words.slice(1).join(' ');
  const options = read === null || !others ? null : withDatabase(read.options, settings);
  const entries = options === null ? null : readEntries(options, call, settings);
  const recipients = entries === null ? null : recipientsIn(entries);
  if (options === null || entries === null || recipients === null) return refused(command, args);
  const content = JSON.stringify([name, ...entries.map((entry) => [entry.name, entry.value])]);
  const other = asksForAnother(entries, settings.region);
  const region = other ? null : settings.region;
  const request = requestOf(command, entries, recipients, { content, region, sign: call.sign });
  return {
    kind: 'send',
    request,
    write: (written) => [...words, ...lineOf(entries, written, options, call, settings)],
  };
}

function lineOf(
  entries: readonly Entry[],
  written: Written,
  options: readonly GivenOption[],
  call: SendingCall,
  { region }: CommandSettings,
): readonly string[] {
  const chat = call.parameters.some(({ names }) => names.includes('chat-guid')) ? 'chat-guid' : 'chat';
  const filled = filledIn(entries, written, { row: 'chat-id', chat }).filter(({ role }) => role !== 'region');
  const given = filled.flatMap(({ role, name, value }) => optionsOf(role, name, value));
  const regional = call.parameters.some(({ role }) => role === 'region')
    ? [{ name: 'region', value: region }]
    : [];
  const others = options.filter(({ name }) => parameterOf(call, name) === null);
  return writeOptions([...given, ...regional, ...others]);
}

function optionsOf(role: Role, name: string, value: unknown): readonly GivenOption[] {
  if (role === 'flag') return [{ name, value: null }];
  if (role === 'people' && Array.isArray(value)) return [{ name, value: value.join(',') }];
  if (Array.isArray(value)) return value.map((each) => ({ name, value: String(each) }));
  return [{ name, value: String(value) }];
}

/** null when a value is one that imsg's versions read differently, or a file cannot be read. */
function readEntries(
  options: readonly GivenOption[],
  call: SendingCall,
  settings: CommandSettings,
): readonly Entry[] | null {
  const entries: Entry[] = [];
  const lists = new Map<string, string[]>();
  for (const { name, value } of options) {
    const parameter = parameterOf(call, name);
    if (parameter === null || (value === '' && parameter.role !== 'text')) continue;
    const entry = entryOf(parameter.role, name, value ?? 'true', settings);
    if (entry === null || (value !== null && !value.isWellFormed())) return null;
    if (parameter.role !== 'texts') entries.push(entry);
    else if (lists.has(name)) lists.get(name)?.push(value ?? '');
    else {
      const list = [value ?? ''];
      lists.set(name, list);
      entries.push({ ...entry, value: list });
    }
  }
  const named = entries.map(({ name }) => name);
  return new Set(named).size === named.length ? entries : null;
}

function entryOf(role: Role, name: string, value: string, settings: CommandSettings): Entry | null {
  switch (role) {
    case 'row':
      return /^\+?[0-9]{1,15}$/u.test(value) ? { role, name, value: String(Number(value)) } : null;
    case 'row-or-chat':
      return /^\+?[0-9]+$/u.test(value)
        ? entryOf('row', 'chat-id', value, settings)
        : { role: 'chat', name, value: value.trim() };
    case 'chat':
      return { role, name, value: value.trim() };
    case 'people': {
      const people = value.split(',').map((each) => each.trim());
      return { role, name, value: people.filter((each) => each !== '') };
    }
    case 'json':
      return json(name, value);
    case 'json-file': {
      const text = settings.readFile(value);
      return text === null ? null : json(inlined.get(name) ?? name, text);
    }
    default:
      return { role, name, value };
  }
}

/** Written anew, so that the owner is shown what it says and not how it is escaped. */
function json(name: string, text: string): Entry | null {
  try {
    const value: unknown = JSON.parse(text);
    return hasDuplicateKey(text) ? null : { role: 'json', name, value: JSON.stringify(value) };
  } catch {
    return null;
  }
}

/** null when another database is named than the one the guard was set up with. */
function withDatabase(
  options: readonly GivenOption[],
  { database }: CommandSettings,
): readonly GivenOption[] | null {
  const others = options.filter(({ name }) => name !== 'db');
  if (options.some(({ name, value }) => name === 'db' && value !== database)) return null;
  return database === null ? others : [...others, { name: 'db', value: database }];
}

function refused(command: string, args: readonly string[]): CommandLine {
  return { kind: 'send', request: unreadableSend(command, JSON.stringify(args)), write: null };
}
