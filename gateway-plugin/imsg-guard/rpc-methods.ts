/**
 * imsg's JSON-RPC methods, of every version from 0.9 to 0.15. A method missing here, known or invented later, is
 * refused; so is a parameter missing from a method that puts something in front of another person.
 */
import { sending, sign } from './parameters.ts';
import type { SendingCall } from './parameters.ts';

const chat = ['row:chat_id', 'chat:chat_identifier', 'chat:chat_guid'];
const reply = 'id:reply_to|replyTo|reply_to_guid|message_guid';
const message = 'id:message_id|messageId|message_guid|messageGuid|message';
const part = 'whole:part_index|partIndex';
const effect = 'word:effect_id|effectId|effect';
const formatting = 'formatting:text_formatting|textFormatting|formatting';
const poll = 'id:poll_guid|pollGuid|poll_message_guid|message_guid|message_id';
const choice = ['id:option_id|optionId|optionIdentifier', 'whole:option_index|optionIndex', 'text:option'];

const vote = sending(...chat, poll, ...choice);
const pollSend = sending(
  ...chat,
  'text:question',
  'texts:options|option',
  'text:comment',
  'id:creator_handle|creatorHandle',
  reply,
  'flag:suppress_comment|suppressComment',
);

export const sendingMethods: ReadonlyMap<string, SendingCall> = new Map(
  Object.entries({
    send: sending(
      'person:to',
      ...chat,
      'text:text',
      'file:file',
      'word:service',
      'region:region',
      'word:transport',
      reply,
      formatting,
      'flag:allow_sms_fallback|allowSMSFallback',
    ),
    'send.tracked': sending(
      'person:to',
      ...chat,
      'text:text',
      'word:service',
      'region:region',
      'word:transport',
      reply,
      formatting,
      'id:attempt_id',
      'flag:allow_sms_fallback|allowSMSFallback',
    ),
    'send.rich': sending(
      ...chat,
      'text:text|message',
      'text:url',
      effect,
      'text:subject',
      reply,
      part,
      'flag:dd_scan|ddScan',
      formatting,
      'file:file|path',
    ),
    'send.attachment': sending(
      ...chat,
      'file:file|path',
      'flag:audio|is_audio|as_voice',
      reply,
      part,
      'word:transport',
    ),
    'send.multipart': sending(...chat, 'parts:parts', effect, 'text:subject'),
    'send.sticker': sending(...chat, 'file:file', 'id:attach_to', part),
    'poll.send': pollSend,
    'messages.poll.send': pollSend,
    'poll.vote': vote,
    'messages.poll.vote': vote,
    'poll.unvote': vote,
    'polls.unvote': vote,
    'messages.poll.unvote': vote,
    tapback: sending(...chat, message, part, 'text:reaction|kind', 'text:emoji', 'flag:remove'),
    'message.edit': sending(
      ...chat,
      message,
      part,
      'text:text|new_text|newText|edited_message',
      'text:backwards_compatibility_message|backwardsCompatibilityMessage|bc_text|bcText',
    ),
    'message.unsend': sending(...chat, message, part),
    'message.notifyAnyways': sending(...chat, message, part),
    'chats.create': sending('people:addresses', 'word:service', 'text:name', 'text:text'),
    'group.rename': sending(...chat, 'text:name'),
    'group.setIcon': sending(...chat, 'file:file'),
    'group.addParticipant': sending(...chat, 'person:address'),
    'group.removeParticipant': sending(...chat, 'person:address'),
    'group.leave': sending(...chat),
    'contacts.shareContactCard': sending(...chat),
    'chats.setBackground': sending(...chat, 'file:file'),
    'chats.removeBackground': sending(...chat),
    typing: sign('person:to', ...chat, 'flag:typing', 'word:service'),
    read: sign('person:to', ...chat),
  }),
);

const chatNames = ['chat_id', 'chat_identifier', 'chat_guid'];
const filters = ['participants', 'start', 'end', 'attachments', 'convert_attachments'];
const bufferLimit = ['buffer_limit', 'bufferLimit'];

/** Methods nobody else notices, and the parameters of theirs that are passed on. */
export const readingMethods: ReadonlyMap<string, readonly string[]> = new Map([
  ['initialize', ['protocol_version']],
  ['status', []],
  ['chats.list', ['limit', 'unread_only', 'unreadOnly']],
  ['chats.get', chatNames],
  ['chats.delete', chatNames],
  ['chats.markUnread', chatNames],
  ['messages.stats', ['chat_id', 'start', 'end', 'limit', 'time_zone', 'media']],
  ['messages.history', ['chat_id', 'limit', ...filters]],
  ['messages.search', ['query', 'match', 'limit', 'chat_id']],
  ['messages.after', ['since_rowid', 'chat_id', 'limit', ...filters, 'include_reactions']],
  ['messages.scheduled', ['chat_id', 'limit']],
  ['message.send_status', ['guid', 'message_guid', 'message_id', 'attempt_id']],
  ['message.delete', [...chatNames, 'message_id', 'messageId', 'message_guid', 'messageGuid', 'message']],
  [
    'watch.subscribe',
    ['chat_id', 'since_rowid', ...filters, 'include_reactions', 'debounce_ms', 'debounceMs', ...bufferLimit],
  ],
  ['watch.unsubscribe', ['subscription']],
  ['bridge.events.subscribe', bufferLimit],
  ['bridge.events.unsubscribe', ['subscription']],
  ['contacts.shouldShareContact', chatNames],
  ['handles.check', ['address', 'alias_type', 'aliasType', 'service']],
]);
