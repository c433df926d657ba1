/**
 * Reads the words of an `openclaw message …` command the way OpenClaw 2026.9.6 does (commander 15). It takes fewer
 * spellings than OpenClaw and none in another sense: what it does not know for certain is not understood.
 */

/** Of OpenClaw itself, before and between the words of a command. */
const rootFlags: ReadonlySet<string> = new Set(['--dev', '--no-color']);
const rootValues: ReadonlySet<string> = new Set(['--profile', '--log-level', '--container']);

/** Every action of the command, by its words. */
const actions: ReadonlyMap<string, string> = new Map([
  ...(
    ['send', 'broadcast', 'poll', 'react', 'reactions', 'read', 'edit', 'delete', 'pin', 'unpin'] as const
  ).map((name): [string, string] => [name, name]),
  ['pins', 'list-pins'],
  ['permissions', 'permissions'],
  ['search', 'search'],
  ['thread create', 'thread-create'],
  ['thread list', 'thread-list'],
  ['thread reply', 'thread-reply'],
  ['emoji list', 'emoji-list'],
  ['emoji upload', 'emoji-upload'],
  ['sticker send', 'sticker'],
  ['sticker upload', 'sticker-upload'],
  ['role info', 'role-info'],
  ['role add', 'role-add'],
  ['role remove', 'role-remove'],
  ['channel info', 'channel-info'],
  ['channel list', 'channel-list'],
  ['member info', 'member-info'],
  ['voice status', 'voice-status'],
  ['event list', 'event-list'],
  ['event create', 'event-create'],
  ['timeout', 'timeout'],
  ['kick', 'kick'],
  ['ban', 'ban'],
]);

// One name means the same in every action that has it; in one that has it not, OpenClaw stops before it acts.
const flags: ReadonlySet<string> = new Set([
  ...['json', 'dry-run', 'verbose', 'pin', 'gif-playback', 'force-document', 'silent', 'remove', 'from-me'],
  ...['poll-multi', 'poll-anonymous', 'poll-public', 'include-thread', 'include-archived'],
]);
const values: ReadonlySet<string> = new Set([
  ...['channel', 'account', 'target', 'message', 'presentation', 'delivery', 'reply-to', 'thread-id'],
  ...['poll-question', 'poll-duration-hours', 'poll-duration-seconds', 'message-id', 'emoji', 'participant'],
  ...['target-author', 'target-author-uuid', 'limit', 'before', 'after', 'around', 'pinned-message-id'],
  ...['query', 'guild-id', 'channel-id', 'author-id', 'thread-name', 'auto-archive-min', 'emoji-name'],
  ...['sticker-name', 'sticker-desc', 'sticker-tags', 'user-id', 'role-id', 'event-name', 'start-time'],
  ...[
    'end-time',
    'desc',
    'location',
    'event-type',
    'image',
    'duration-min',
    'until',
    'reason',
    'delete-days',
  ],
]);
/** May be given more than once. */
const lists: ReadonlySet<string> = new Set([
  ...['media', 'poll-option', 'channel-ids', 'author-ids', 'role-ids', 'sticker-id'],
]);
/** Takes every word up to the next option. */
const rest = 'targets';
const short: Readonly<Record<string, string>> = { t: 'target', m: 'message' };

type Value = boolean | string | readonly string[];
export type MessageOptions = Readonly<Record<string, Value>>;

export type MessageCommand =
  /** Another command, or one that only explains itself. */
  | { readonly kind: 'other' }
  | { readonly kind: 'not-understood' }
  | {
      readonly kind: 'action';
      readonly action: string;
      /** By their names in OpenClaw: `replyTo` for `--reply-to`. */
      readonly options: MessageOptions;
    };

const notUnderstood: MessageCommand = { kind: 'not-understood' };

/** @param argv as Node gives it: program and script come first */
export function readMessageCommand(argv: readonly string[]): MessageCommand {
  const command = nextWord(argv, 2);
  if (command?.word !== 'message') return { kind: 'other' };
  const first = nextWord(argv, command.next);
  if (first === null || first.word === 'help') return { kind: 'other' };
  const single = actions.get(first.word);
  if (single !== undefined) return readOptions(single, argv.slice(first.next));
  const second = nextWord(argv, first.next);
  if (second === null || second.word === 'help') return { kind: 'other' };
  const double = actions.get(`${first.word} ${second.word}`);
  return double === undefined ? notUnderstood : readOptions(double, argv.slice(second.next));
}

/** The next word of the command itself. */
function nextWord(
  argv: readonly string[],
  from: number,
): { readonly word: string; readonly next: number } | null {
  let literal = false;
  for (let at = from; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (!literal && word === '--') {
      literal = true;
      continue;
    }
    const taken = literal ? 0 : rootOption(argv, at);
    if (taken > 0) {
      at += taken - 1;
      continue;
    }
    if (!literal && word.startsWith('-')) continue;
    return { word, next: at + 1 };
  }
  return null;
}

/** How many words an option of OpenClaw itself takes here; 0: none stands here. */
function rootOption(argv: readonly string[], at: number): number {
  const word = argv[at] ?? '';
  if (rootFlags.has(word)) return 1;
  const name = word.split('=')[0] ?? word;
  if (!rootValues.has(name)) return 0;
  return word.includes('=') ? 1 : 2;
}

function readOptions(action: string, words: readonly string[]): MessageCommand {
  const options: Record<string, Value> = {};
  const add = (name: string, value: string): boolean => {
    const key = camel(name);
    const before = options[key];
    if (name === rest || lists.has(name))
      options[key] = [...(typeof before === 'object' ? before : []), value];
    // Said twice, the last one counts for OpenClaw; nobody says one thing to two readers here.
    else if (before === undefined && values.has(name)) options[key] = value;
    else return false;
    return true;
  };
  let open = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--help' || word === '-h') return { kind: 'other' };
    if (open && (!isOption(word) || /^-(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/u.test(word))) {
      add(rest, word);
      continue;
    }
    open = false;
    const taken = rootOption(words, at);
    if (taken > 0) {
      at += taken - 1;
      continue;
    }
    const option = optionIn(word);
    if (option === null) return notUnderstood;
    if (flags.has(option.name)) {
      if (option.value !== null) return notUnderstood;
      options[camel(option.name)] = true;
      continue;
    }
    let { value } = option;
    if (value === null) {
      at += 1;
      value = words[at] ?? null;
      open = option.name === rest;
      // OpenClaw takes its own options out of the words before anybody reads a value.
      if (value === null || rootOption(words, at) > 0) return notUnderstood;
    }
    if (!add(option.name, value)) return notUnderstood;
  }
  return { kind: 'action', action, options };
}

function optionIn(word: string): { readonly name: string; readonly value: string | null } | null {
  const long = /^--([^=]+)(?:=(.*))?$/su.exec(word);
  if (long !== null) return { name: long[1] ?? '', value: long[2] ?? null };
  const letter = /^-([a-z])(.*)$/su.exec(word);
  const name = short[letter?.[1] ?? ''];
  if (letter === null || name === undefined) return null;
  return { name, value: letter[2] === '' ? null : (letter[2] ?? null) };
}

function isOption(word: string): boolean {
  return word.length > 1 && word.startsWith('-');
}

function camel(name: string): string {
  return name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}
