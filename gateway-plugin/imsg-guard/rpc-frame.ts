/** Reads one line of imsg's JSON-RPC and tells sends from everything else. */
import { hasDuplicateKey } from '../../electron/contract/guard/json-keys.ts';
import { chatRecipient, imsgRegion, unreadableSend } from './send-request.ts';
import type { Recipient, SendRequest } from './send-request.ts';

export type FrameId = string | number | null;

export type Frame =
  /** Goes through untouched. */
  | { readonly kind: 'pass' }
  /** `id` is undefined for a notification, which gets no answer. */
  | { readonly kind: 'send'; readonly id: FrameId | undefined; readonly request: SendRequest };

/**
 * Methods that put nothing in front of another person. A method missing here, known or invented later, is a send.
 * Taking something back (unsend, delete, leave) stays possible whatever the rules say.
 */
const harmlessMethods: ReadonlySet<string> = new Set([
  'initialize',
  'status',
  'chats.list',
  'chats.get',
  'chats.delete',
  'chats.markUnread',
  'messages.stats',
  'messages.history',
  'messages.search',
  'messages.after',
  'messages.scheduled',
  'message.send_status',
  'message.unsend',
  'message.delete',
  'watch.subscribe',
  'watch.unsubscribe',
  'bridge.events.subscribe',
  'typing',
  'read',
  'group.removeParticipant',
  'group.leave',
  'contacts.shouldShareContact',
  'handles.check',
]);

const personKeys = ['to', 'recipient', 'handle', 'address'] as const;
const chatIdKeys = ['chat_id', 'chatId', 'chatID', 'chat_rowid'] as const;
const chatTextKeys = [
  'chat_guid',
  'chatGuid',
  'chatGUID',
  'chat_identifier',
  'chatIdentifier',
  'chat',
] as const;
const textKeys = [
  'text',
  'new_text',
  'question',
  'comment',
  'name',
  'subject',
  'reaction',
  'kind',
  'emoji',
] as const;
const fileKeys = ['file', 'path', 'file_path', 'filePath'] as const;

/** Lines that cannot be a JSON object cannot be a request to imsg, so they pass as they are. */
export function readFrame(line: Buffer): Frame {
  const text = line.toString('utf8');
  const first = /[^\s\0\ufeff]/u.exec(text)?.[0];
  if (first !== '{' && first !== '[') return { kind: 'pass' };
  const frame = parseObject(text);
  if (frame === null || hasDuplicateKey(text)) return unreadable(text, frame);
  const method = frame['method'];
  if (typeof method !== 'string')
    return method === undefined ? answerFrame(frame, text) : unreadable(text, frame);
  if (harmlessMethods.has(method)) return { kind: 'pass' };
  // Bytes that are no UTF-8 would be repaired differently by imsg: never let them into a message.
  if (!Buffer.from(text, 'utf8').equals(line)) return unreadable(text, frame);
  return { kind: 'send', id: idOf(frame), request: readSend(method, frame['params']) };
}

/** A frame without a method is an answer to imsg, which asks nothing: harmless unless it carries parameters. */
function answerFrame(frame: JsonObject, text: string): Frame {
  return 'params' in frame ? unreadable(text, frame) : { kind: 'pass' };
}

function unreadable(text: string, frame: JsonObject | null): Frame {
  const id = frame === null ? null : (idOf(frame) ?? null);
  return { kind: 'send', id, request: unreadableSend('unreadable', text) };
}

function readSend(method: string, params: unknown): SendRequest {
  if (!isObject(params)) return unreadableSend(method, JSON.stringify(params ?? null));
  const recipients = recipientsOf(params);
  const files = texts(params, fileKeys);
  const region = params['region'];
  const request = {
    recipients,
    text: texts(params, textKeys).concat(listOf(params['options']), partsOf(params['parts'])).join('\n'),
    files,
    region: typeof region === 'string' ? region.toUpperCase() : imsgRegion,
  };
  const plain = method === 'send' && files.length === 0;
  return {
    ...request,
    action: plain ? 'text' : method,
    content: plain ? request.text : JSON.stringify(params),
  };
}

/** Every place the parameters name; one that is there but unreadable makes the whole send unreadable. */
function recipientsOf(params: JsonObject): readonly Recipient[] {
  const found: (Recipient | null)[] = [];
  for (const key of personKeys) if (isThere(params[key])) found.push(person(params[key]));
  for (const key of chatTextKeys) if (isThere(params[key])) found.push(chatText(params[key]));
  for (const key of chatIdKeys) if (isThere(params[key])) found.push(chatId(params[key]));
  const many = params['addresses'] ?? params['participants'];
  if (isThere(many)) found.push(...(Array.isArray(many) ? many.map(person) : [null]));
  const recipients = found.filter((entry) => entry !== null);
  return recipients.length === found.length ? recipients : [];
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function person(value: unknown): Recipient | null {
  return typeof value === 'string' ? { to: value, conversation: false } : null;
}

function chatText(value: unknown): Recipient | null {
  return typeof value === 'string' ? chatRecipient('text', value) : null;
}

function chatId(value: unknown): Recipient | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return chatRecipient('id', String(value));
  return typeof value === 'string' && /^\d+$/.test(value) ? chatRecipient('id', value) : null;
}

function texts(params: JsonObject, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => {
    const value = params[key];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function partsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((part) => (isObject(part) ? texts(part, ['text']) : [])) : [];
}

function idOf(frame: JsonObject): FrameId | undefined {
  if (!('id' in frame)) return undefined;
  const id = frame['id'];
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
