/**
 * imsg's commands, of every version from 0.9 to 0.15. A command missing here is refused; so is an option missing from
 * a command that puts something in front of another person.
 */
import { sending, sign } from './parameters.ts';
import type { SendingCall } from './parameters.ts';

const anyChat = ['row:chat-id', 'chat:chat-identifier', 'chat:chat-guid'];
const part = 'whole:part';
const rowOrChat = 'row-or-chat:chat';

/** A command and, where it has them, its first word: `poll send`. */
export const sendingCommands: ReadonlyMap<string, SendingCall> = new Map(
  Object.entries({
    send: sending(
      'person:to',
      ...anyChat,
      'text:text',
      'file:file',
      'word:service',
      'region:region',
      'flag:no-sms-fallback',
    ),
    'send-rich': sending(
      'chat:chat',
      'text:text',
      'text:url',
      'file:file',
      'word:effect',
      'text:subject',
      'id:reply-to',
      part,
      'json:format',
      'json-file:format-file',
      'word:schedule',
      'flag:no-dd-scan',
    ),
    'send-multipart': sending(
      'chat:chat',
      'json:parts',
      'json-file:parts-file',
      'word:effect',
      'text:subject',
    ),
    'send-attachment': sending('chat:chat', 'file:file', 'id:reply-to', 'word:transport', 'flag:audio'),
    'send-sticker': sending('chat:chat', 'file:file', 'id:attach-to', 'whole:target-part'),
    'poll send': sending(
      rowOrChat,
      'row:chat-id',
      'text:question',
      'texts:option',
      'text:comment',
      'id:reply-to',
      'flag:no-comment',
    ),
    'poll vote': sending(
      rowOrChat,
      'row:chat-id',
      'id:poll',
      'id:option-id',
      'whole:option-index',
      'texts:option',
    ),
    'poll unvote': sending(
      rowOrChat,
      'row:chat-id',
      'id:poll',
      'id:option-id',
      'whole:option-index',
      'texts:option',
    ),
    tapback: sending('chat:chat', 'id:message', part, 'text:kind', 'text:emoji', 'flag:remove'),
    edit: sending('chat:chat', 'id:message', part, 'text:new-text', 'text:bc-text'),
    unsend: sending('chat:chat', 'id:message', part),
    'notify-anyways': sending('chat:chat', 'id:message'),
    'chat-create': sending('people:addresses', 'text:name', 'text:text', 'word:service'),
    'chat-name': sending('chat:chat', 'text:name'),
    'chat-photo': sending('chat:chat', 'file:file'),
    'chat-add-member': sending('chat:chat', 'person:address'),
    'chat-remove-member': sending('chat:chat', 'person:address'),
    'chat-leave': sending('chat:chat'),
    'chat-mark': sending('chat:chat', 'flag:read'),
    'name-photo share': sending('chat:chat'),
    'contact-card share': sending('chat:chat'),
    'chat-background clear': sending('chat:chat'),
    typing: sign('person:to', ...anyChat, 'word:duration', 'word:stop', 'word:service'),
    read: sign('person:to|handle', ...anyChat),
  }),
);

/** Of these the first word without a dash says what is done. */
export const commandsWithWords: ReadonlySet<string> = new Set([
  'poll',
  'name-photo',
  'contact-card',
  'chat-background',
]);

/** Commands nobody else notices; their options are imsg's own affair. */
export const readingCommands: ReadonlySet<string> = new Set([
  'chats',
  'stats',
  'group',
  'history',
  'watch',
  'search',
  'status',
  'completions',
  'scheduled',
  'account',
  'whois',
  'nickname',
  'delete-message',
  'chat-delete',
  'name-photo status',
  'contact-card status',
  'chat-background status',
]);
