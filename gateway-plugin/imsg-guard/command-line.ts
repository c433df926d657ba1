/** Reads an imsg command line and tells sends from everything else. */
import { chatRecipient, imsgRegion, unreadableSend } from './send-request.ts';
import type { Recipient, SendRequest } from './send-request.ts';

export type CommandLine =
  | { readonly kind: 'rpc' }
  | { readonly kind: 'pass' }
  | { readonly kind: 'send'; readonly request: SendRequest };

/** Commands that put nothing in front of another person; any other word is a send. */
const harmlessCommands: ReadonlySet<string> = new Set([
  'chats',
  'stats',
  'group',
  'participants',
  'history',
  'watch',
  'search',
  'read',
  'typing',
  'launch',
  'status',
  'completions',
  'scheduled',
  'account',
  'whois',
  'nickname',
  'unsend',
  'delete-message',
  'chat-remove-member',
  'chat-leave',
  'chat-delete',
  'chat-mark',
]);

const valueOptions: ReadonlySet<string> = new Set([
  'to', 'chat-id', 'chat-identifier', 'chat-guid', 'chat', 'addresses', 'address', 'text', 'file', 'service', 'region',
  'transport', 'effect', 'subject', 'reply-to', 'schedule', 'part', 'format', 'format-file', 'parts', 'message',
  'kind', 'reaction', 'emoji', 'new-text', 'bc-text', 'question', 'option', 'comment', 'poll', 'option-id',
  'option-index', 'name', 'url', 'db', 'log-level',
]); // prettier-ignore
const flagOptions: ReadonlySet<string> = new Set([
  'json', 'verbose', 'no-sms-fallback', 'no-dd-scan', 'remove', 'audio', 'no-comment', 'rich-link',
]); // prettier-ignore
/** May be given several times without changing who receives it. */
const repeatable: ReadonlySet<string> = new Set(['option', 'json', 'verbose']);
const textOptions = [
  'text',
  'new-text',
  'question',
  'option',
  'comment',
  'parts',
  'name',
  'subject',
  'reaction',
  'kind',
  'emoji',
  'url',
];
const pollWords: ReadonlySet<string> = new Set(['send', 'vote', 'unvote']);
const helpOrVersion: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-V']);

export function readCommandLine(args: readonly string[]): CommandLine {
  const [command] = args;
  if (command === undefined || isHelp(args)) return { kind: 'pass' };
  if (command === 'rpc') return { kind: 'rpc' };
  if (harmlessCommands.has(command)) return { kind: 'pass' };
  return { kind: 'send', request: readSend(command, args.slice(1)) };
}

/** Only an unmistakable question: nothing that could be a message with `--help` in it. */
function isHelp(args: readonly string[]): boolean {
  const last = args.at(-1) ?? '';
  return helpOrVersion.has(last) && args.slice(0, -1).every((word) => /^[a-z][a-z-]*$/.test(word));
}

function readSend(command: string, rest: readonly string[]): SendRequest {
  const content = JSON.stringify([command, ...rest]);
  const words = command === 'poll' && pollWords.has(rest[0] ?? '') ? rest.slice(1) : rest;
  const options = readOptions(words);
  if (options === null) return unreadableSend(command, content);
  const recipients = recipientsOf(options);
  const texts = textOptions.flatMap((name) => options.get(name) ?? []);
  const files = options.get('file') ?? [];
  const plain = command === 'send' && files.length === 0;
  return {
    action: plain ? 'text' : command,
    recipients,
    text: texts.join('\n'),
    files,
    content: plain ? texts.join('\n') : content,
    region: options.get('region')?.[0]?.toUpperCase() ?? imsgRegion,
  };
}

/** null when anything is not exactly `--name value`, `--name=value` or a known flag, or names a recipient twice. */
function readOptions(words: readonly string[]): ReadonlyMap<string, readonly string[]> | null {
  const options = new Map<string, readonly string[]>();
  for (let at = 0; at < words.length; at += 1) {
    const match = /^--([a-z][a-z-]*)(?:=(.*))?$/su.exec(words[at] ?? '');
    const name = match?.[1];
    if (name === undefined) return null;
    if (options.has(name) && !repeatable.has(name)) return null;
    if (flagOptions.has(name) && match?.[2] === undefined) {
      options.set(name, []);
      continue;
    }
    if (!valueOptions.has(name)) return null;
    let value = match?.[2];
    if (value === undefined) {
      at += 1;
      value = words[at];
      if (value === undefined || /^-\D/u.test(value)) return null;
    }
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

function recipientsOf(options: ReadonlyMap<string, readonly string[]>): readonly Recipient[] {
  const people = [...(options.get('to') ?? []), ...(options.get('address') ?? [])].concat(
    (options.get('addresses') ?? []).flatMap((list) => list.split(',')).map((text) => text.trim()),
  );
  const chats = ['chat', 'chat-guid', 'chat-identifier'].flatMap((name) => options.get(name) ?? []);
  return [
    ...people.map((to) => ({ to, conversation: false })),
    ...chats.map((text) => chatRecipient('text', text)),
    ...(options.get('chat-id') ?? []).map((text) => chatRecipient('id', text)),
  ];
}
