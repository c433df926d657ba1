/** Reads a call of OpenClaw's `message` tool: which of its actions put something in front of other people. */
import type { Outgoing } from './outgoing.ts';

/** Delivered through `message_sending`, where every payload is judged with its final text. */
const deliveredActions: ReadonlySet<string> = new Set(['send', 'broadcast']);

/** Show or take back, and change nothing others see. An action missing here, known or invented later, is a send. */
const harmlessActions: ReadonlySet<string> = new Set([
  'read',
  'search',
  'reactions',
  'list-pins',
  'permissions',
  'member-info',
  'role-info',
  'channel-info',
  'channel-list',
  'emoji-list',
  'event-list',
  'thread-list',
  'voice-status',
  'download-file',
  'unsend',
  'delete',
  'removeParticipant',
  'leaveGroup',
]);

/** What carries an action out at imsg, as the transport guard names it. */
const transportActions: ReadonlyMap<string, readonly string[]> = new Map([
  ['react', ['tapback', 'react']],
  ['poll', ['poll', 'poll.send', 'messages.poll.send']],
  ['poll-vote', ['poll', 'poll.vote', 'messages.poll.vote']],
  ['renameGroup', ['chat-name', 'group.rename']],
  ['setGroupIcon', ['chat-photo', 'group.setIcon']],
  ['addParticipant', ['chat-add-member', 'group.addParticipant']],
]);

const targetKeys = [
  'target',
  'to',
  'chatGuid',
  'chatIdentifier',
  'chatId',
  'channelId',
  'participant',
  'address',
];
const textKeys = [
  'message',
  'text',
  'caption',
  'newText',
  'pollQuestion',
  'emoji',
  'effect',
  'displayName',
  'name',
];
const fileKeys = ['media', 'mediaUrl', 'path', 'filePath', 'filename'];

type ToolParams = Readonly<Record<string, unknown>>;

/**
 * @param currentChannel channel of the turn, for calls that name none
 * @param currentConversation conversation of the turn, for calls that name no target
 * @returns null when nothing is sent here
 */
export function readToolSend(
  params: ToolParams,
  currentChannel: string | null,
  currentConversation: string | null,
): Omit<Outgoing, 'cause'> | null {
  const action = params['action'];
  if (typeof action !== 'string' || deliveredActions.has(action) || harmlessActions.has(action)) return null;
  const named = targetKeys.flatMap((key) => asTarget(key, params[key])).concat(asList(params['targets']));
  const media = fileKeys.flatMap((key) => asText(params[key]));
  const text = textKeys
    .flatMap((key) => asText(params[key]))
    .concat(asList(params['pollOption'] ?? params['options']));
  return {
    channel: (asText(params['channel'])[0] ?? currentChannel ?? '').toLowerCase(),
    account: asText(params['accountId'])[0] ?? null,
    to: named.length > 0 ? named : [currentConversation ?? '(not named)'],
    action,
    text: text.join('\n'),
    media,
    content: JSON.stringify(params),
    transportActions: transportActions.get(action) ?? null,
  };
}

function asTarget(key: string, value: unknown): readonly string[] {
  const texts = asText(typeof value === 'number' ? String(value) : value);
  return key === 'chatId' ? texts.map((text) => `chat_id:${text}`) : texts;
}

function asText(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap(asText) : asText(value);
}
