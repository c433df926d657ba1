/** Every command of the command line with the options it has. Bridge commands start Messages with the helper if need be. */
import type { Outcome } from './carry-out.ts';
import {
  chatCreate,
  chatMark,
  edit,
  member,
  onMessage,
  react,
  read,
  rename,
  setIcon,
  tapback,
  toAll,
  typing,
  unseen,
} from './chat-actions.ts';
import { ImsgError } from './imsg-error.ts';
import type { Input } from './input.ts';
import { launchHelper } from './launch.ts';
import { methodNames } from './methods.ts';
import type { OptionNames } from './options.ts';
import { answering, chatsList, history, oneChat, search } from './reading.ts';
import { pollSend, pollVote, sendAttachment, sendMultipart, sendRich, sendSticker } from './rich-actions.ts';
import { send } from './send.ts';
import { atLeast } from './settings.ts';
import type { Settings } from './settings.ts';
import { statusFacts } from './status.ts';
import type { World } from './world.ts';

type Run = (world: World, input: Input) => Outcome;

export interface Command extends OptionNames {
  /** `words` are the ones that belong to no option, `poll send` has one. */
  readonly run: (world: World, input: Input, words: readonly string[]) => Outcome;
  readonly since?: string;
}

const target = ['to', 'chat-id', 'chat-identifier', 'chat-guid'];
const times = ['start', 'end', 'limit'];

function command(run: Command['run'], values: string, flags = ''): Command {
  return { run, values: values.split(' '), flags: flags.split(' ') };
}

/** The first word chooses; without one, or with another, nothing happens. */
function actions(name: string, choices: Readonly<Record<string, Run>>): Command['run'] {
  return (world, input, [word = '']) => {
    const run = Object.hasOwn(choices, word) ? choices[word] : undefined;
    if (run === undefined) throw new ImsgError(`Invalid value for ${name}: ${word}`);
    return run(world, input);
  };
}

const nothing = answering({});

const commands: Readonly<Record<string, Command>> = {
  send: { run: send, values: [...target, 'text', 'file', 'service', 'region'], flags: ['no-sms-fallback'] },
  react: command(react, 'chat-id reaction'),
  'send-rich': command(
    sendRich,
    'chat text file url effect subject reply-to part format format-file schedule',
    'no-dd-scan',
  ),
  'send-multipart': command(sendMultipart, 'chat parts parts-file effect subject'),
  'send-attachment': command(sendAttachment, 'chat file reply-to transport', 'audio'),
  'send-sticker': { ...command(sendSticker, 'chat file attach-to target-part'), since: '0.13.0' },
  poll: command(
    actions('poll', { send: pollSend, vote: pollVote('vote'), unvote: pollVote('unvote') }),
    'chat chat-id question comment reply-to option poll option-id option-index',
    'no-comment',
  ),
  tapback: command(tapback, 'chat message kind part emoji', 'remove'),
  edit: command(edit, 'chat message new-text bc-text part'),
  unsend: command(onMessage('unsend'), 'chat message part'),
  'delete-message': command(unseen, 'chat message'),
  'notify-anyways': command(onMessage('notify'), 'chat message'),
  'chat-create': command(chatCreate, 'addresses name text service'),
  'chat-name': command(rename, 'chat name'),
  'chat-photo': command(setIcon, 'chat file'),
  'chat-add-member': command(member('add'), 'chat address'),
  'chat-remove-member': command(member('remove'), 'chat address'),
  'chat-leave': command(toAll('leave'), 'chat'),
  'chat-delete': command(unseen, 'chat'),
  'chat-mark': command(chatMark, 'chat', 'read unread'),
  'name-photo': command(actions('name-photo', { status: nothing, share: toAll('share') }), 'chat'),
  'contact-card': command(actions('contact-card', { status: nothing, share: toAll('share') }), 'chat'),
  'chat-background': command(
    actions('chat-background', { status: nothing, clear: toAll('background') }),
    'chat',
  ),
  typing: { run: typing, values: [...target, 'duration', 'stop', 'service'], flags: [] },
  read: { run: read, values: [...target, 'handle'], flags: [] },
  launch: command(launchHelper, 'dylib', 'kill-only'),
  chats: { run: chatsList, values: ['limit'], flags: ['unread-only'] },
  group: command(oneChat, 'chat-id'),
  history: {
    run: history,
    values: [...times, 'chat-id', 'participants'],
    flags: ['attachments', 'convert-attachments'],
  },
  watch: {
    run: nothing,
    values: [...times, 'chat-id', 'participants', 'debounce', 'since-rowid'],
    flags: ['attachments', 'convert-attachments', 'reactions', 'bb-events'],
  },
  search: command(search, 'query match limit'),
  stats: { run: nothing, values: [...times, 'chat-id', 'time-zone', 'media'], flags: [] },
  scheduled: command(actions('scheduled', { list: nothing }), 'limit'),
  account: command(nothing, ''),
  whois: command(nothing, 'address type', 'local'),
  nickname: command(nothing, 'address'),
  completions: command(nothing, 'shell'),
  status: command((world) => ({ more: statusFacts(world, methodNames(world.settings)) }), ''),
  rpc: command(nothing, ''),
};

export function commandNamed(name: string, settings: Settings): Command | null {
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (found === undefined || !atLeast(settings, found.since ?? '0')) return null;
  const newer: readonly string[] = atLeast(settings, '0.15.0') ? [] : ['emoji'];
  return { ...found, values: found.values.filter((value) => !newer.includes(value)) };
}
