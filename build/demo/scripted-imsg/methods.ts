/** Every method of `imsg rpc`. Names are case-sensitive; there are no others. */
import type { Outcome } from './carry-out.ts';
import {
  chatCreate,
  edit,
  member,
  onMessage,
  read,
  rename,
  setIcon,
  tapback,
  toAll,
  typing,
  unseen,
} from './chat-actions.ts';
import type { Input } from './input.ts';
import { after, answering, chatsList, history, oneChat, search } from './reading.ts';
import { pollSend, pollVote, sendAttachment, sendMultipart, sendRich, sendSticker } from './rich-actions.ts';
import { send, sendTracked } from './send.ts';
import { atLeast } from './settings.ts';
import type { Settings } from './settings.ts';
import { statusFacts } from './status.ts';
import type { World } from './world.ts';

export interface Method {
  readonly run: (world: World, input: Input) => Outcome;
  /** The first version that has it. */
  readonly since?: string;
}

const vote = pollVote('vote');
const unvote = pollVote('unvote');

const methods: Readonly<Record<string, Method>> = {
  send: { run: send },
  'send.tracked': { run: sendTracked, since: '0.15.0' },
  'send.rich': { run: sendRich },
  'send.attachment': { run: sendAttachment },
  'send.multipart': { run: sendMultipart, since: '0.14.0' },
  'send.sticker': { run: sendSticker, since: '0.13.0' },
  'poll.send': { run: pollSend },
  'messages.poll.send': { run: pollSend },
  'poll.vote': { run: vote },
  'messages.poll.vote': { run: vote },
  'poll.unvote': { run: unvote },
  'polls.unvote': { run: unvote },
  'messages.poll.unvote': { run: unvote },
  tapback: { run: tapback },
  'message.edit': { run: edit },
  'message.unsend': { run: onMessage('unsend') },
  'message.notifyAnyways': { run: onMessage('notify') },
  'message.delete': { run: unseen },
  'chats.delete': { run: unseen },
  'chats.markUnread': { run: unseen },
  typing: { run: typing },
  read: { run: read },
  'chats.create': { run: chatCreate },
  'group.rename': { run: rename },
  'group.setIcon': { run: setIcon },
  'group.addParticipant': { run: member('add') },
  'group.removeParticipant': { run: member('remove') },
  'group.leave': { run: toAll('leave') },
  'contacts.shareContactCard': { run: toAll('share'), since: '0.13.0' },
  'chats.setBackground': { run: toAll('background') },
  'chats.removeBackground': { run: toAll('background') },
  'contacts.shouldShareContact': { run: answering({ should_share: false }), since: '0.13.0' },
  'handles.check': { run: answering({ available: true }, ['address', 'alias_type', 'service']) },
  'chats.list': { run: chatsList },
  'chats.get': { run: oneChat, since: '0.15.0' },
  'messages.history': { run: history },
  'messages.search': { run: search },
  'messages.after': { run: after },
  'messages.scheduled': { run: answering({ messages: [] }) },
  'messages.stats': { run: answering({ total: 0 }, ['time_zone', 'media', 'start', 'end']) },
  'message.send_status': { run: answering({ status: 'sent' }, ['guid']) },
  initialize: { run: answering({ protocol_version: 1 }, ['protocol_version']) },
  status: { run: (world) => ({ more: statusFacts(world, methodNames(world.settings)) }) },
};

/** Answered by the server itself. */
export const watchMethods = ['watch.subscribe', 'watch.unsubscribe', 'bridge.events.subscribe'] as const;

export function methodNamed(name: string, settings: Settings): Method | null {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method !== undefined && atLeast(settings, method.since ?? '0') ? method : null;
}

/** The list a status shows, with or without the helper. */
export function methodNames(settings: Settings): readonly string[] {
  const known = Object.keys(methods).filter((name) => methodNamed(name, settings) !== null);
  return [...known, ...watchMethods];
}
