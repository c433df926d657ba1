/** Reads a call of OpenClaw's `message` tool: which of its actions put something in front of other people. */
import { z } from 'zod';
import { normaliseAddress } from '../../electron/contract/guard/address.ts';

/** Delivered through `message_sending`, where every payload is judged with its final text. */
const deliveredActions: ReadonlySet<string> = new Set(['send', 'broadcast']);

/** Show, and change nothing others see. An action missing here, known or invented later, is judged. */
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
  'sticker-search',
  'event-list',
  'thread-list',
  'voice-status',
  'download-file',
]);

/** What carries an action out at imsg, as the transport guard names it. */
const transportActions: ReadonlyMap<string, readonly string[]> = new Map([
  ['react', ['tapback', 'react']],
  ['poll', ['poll', 'poll send', 'poll.send', 'messages.poll.send']],
  ['poll-vote', ['poll', 'poll vote', 'poll.vote', 'messages.poll.vote']],
  ['reply', ['send-rich', 'send.rich']],
  ['sendWithEffect', ['send-rich', 'send.rich']],
  ['renameGroup', ['chat-name', 'group.rename']],
  ['setGroupIcon', ['chat-photo', 'group.setIcon']],
  ['addParticipant', ['chat-add-member', 'group.addParticipant']],
  ['removeParticipant', ['chat-remove-member', 'group.removeParticipant']],
  ['leaveGroup', ['chat-leave', 'group.leave']],
  ['unsend', ['unsend', 'message.unsend']],
  ['edit', ['edit', 'message.edit']],
]);

// OpenClaw takes each name in snake_case as well; here they are compared without underscores and case.
const personKeys: ReadonlySet<string> = new Set([
  'target',
  'to',
  'targets',
  'participant',
  'address',
  'channelid',
]);
const chatKeys: ReadonlySet<string> = new Set(['chatguid', 'chatidentifier', 'chatid']);
/** Where a file lies; of these an attachment is made as well. */
const placeKeys: ReadonlySet<string> = new Set([
  ...['media', 'mediaurl', 'mediaurls', 'path', 'filepath', 'fileurl', 'image', 'url'],
]);
const fileKeys: ReadonlySet<string> = new Set([...placeKeys, 'buffer', 'base64', 'filename', 'attachments']);
/** Say how and where, and are shown in another way or not at all. */
const plumbing: ReadonlySet<string> = new Set([
  ...['action', 'channel', 'accountid', 'dryrun', 'besteffort', 'timeoutms', 'idempotencykey'],
  ...['gatewayurl', 'gatewaytoken', 'messageid', 'pollid', 'pollguid', 'partindex', 'threadid', 'replyto'],
]);
/** What the message says, shown without its name and before the rest. */
const sayingKeys: ReadonlySet<string> = new Set([
  ...['message', 'text', 'caption', 'newtext', 'pollquestion', 'polloption', 'options', 'emoji'],
  ...['displayname', 'name'],
]);

export type ToolParams = Readonly<Record<string, unknown>>;

export interface ToolSend {
  /** Null: none is named. */
  readonly channel: string | null;
  readonly account: string | null;
  /** Empty: the conversation of the turn is meant. */
  readonly to: readonly string[];
  readonly action: string;
  /** Everything in it that may be read by somebody. */
  readonly text: string;
  /** The same, one by one and without their names. */
  readonly texts: readonly string[];
  readonly files: readonly ToolFile[];
  readonly transportActions: readonly string[] | null;
}

/** A file by its place, or one that is written out in the call. */
export type ToolFile = { readonly name: string } | { readonly name: string; readonly content: Buffer };

/** @returns null when nobody else notices the call, or (`send`, `broadcast`) it is judged on delivery */
export function readToolSend(params: ToolParams): ToolSend | null {
  const action = params['action'];
  if (typeof action !== 'string' || deliveredActions.has(action)) return null;
  return isHarmless(action) ? null : readSend(action, params);
}

/** Does it only show, and change nothing others see? */
export function isHarmless(action: string): boolean {
  return harmlessActions.has(action);
}

/** What a call says and to whom, whoever judges it. */
export function readSend(action: string, params: ToolParams): ToolSend {
  const entries = entriesOf(params);
  const of = (keys: ReadonlySet<string>): readonly string[] =>
    entries.filter(({ key }) => keys.has(key)).flatMap(({ value }) => texts(value));
  const said = entries.filter(({ key }) => sayingKeys.has(key)).flatMap(({ value }) => texts(value));
  const rest = entries
    .filter(
      ({ key }) => ![sayingKeys, personKeys, chatKeys, fileKeys, plumbing].some((keys) => keys.has(key)),
    )
    .flatMap(({ name, value }) => texts(value).map((text) => ({ name, text })));
  return {
    channel: of(new Set(['channel']))[0] ?? null,
    account: of(new Set(['accountid']))[0] ?? null,
    to: [...of(personKeys), ...entries.flatMap(({ key, value }) => chatReferences(key, value))],
    action,
    text: [...said, ...rest.map(({ name, text }) => `${name}: ${text}`)].join('\n'),
    texts: [...said, ...rest.map(({ text }) => text)],
    files: filesOf(entries),
    transportActions: transportActions.get(action) ?? null,
  };
}

/**
 * The same call with every person written the one way all programs on the way read alike.
 * @returns null when there is nothing to rewrite
 */
export function withCanonicalPeople(
  params: ToolParams,
  context: { readonly channel: string; readonly region: string | null },
): ToolParams | null {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    if (!personKeys.has(plain(name))) continue;
    const written = Array.isArray(value)
      ? value.map((entry: unknown) => canonicalPerson(entry, context))
      : canonicalPerson(value, context);
    if (JSON.stringify(written) !== JSON.stringify(value)) changed[name] = written;
  }
  return Object.keys(changed).length === 0 ? null : { ...params, ...changed };
}

function canonicalPerson(value: unknown, context: { channel: string; region: string | null }): unknown {
  if (typeof value !== 'string') return value;
  const service = /^\s*(imessage|sms|auto):/iu.exec(value)?.[1]?.toLowerCase() ?? null;
  const address = normaliseAddress(value, context);
  if (!address.ok || (address.value.kind !== 'phone' && address.value.kind !== 'email')) return value;
  // A chat that is named by its guid stays that chat.
  if (value.includes(';')) return value;
  return service === null ? address.value.key : `${service}:${address.value.key}`;
}

function chatReferences(key: string, value: unknown): readonly string[] {
  const prefix = { chatguid: 'chat_guid:', chatidentifier: 'chat_identifier:', chatid: 'chat_id:' }[key];
  return prefix === undefined ? [] : texts(value).map((text) => `${prefix}${text}`);
}

function filesOf(entries: readonly Entry[]): readonly ToolFile[] {
  const name = texts(entries.find(({ key }) => key === 'filename')?.value)[0] ?? null;
  const found = entries.flatMap(({ key, value }): readonly ToolFile[] => {
    if (key === 'buffer' || key === 'base64')
      return texts(value).map((text) => ({
        name: name ?? 'attachment',
        content: Buffer.from(text, 'base64'),
      }));
    if (placeKeys.has(key)) return texts(value).map((place) => ({ name: place }));
    if (key !== 'attachments' || !Array.isArray(value)) return [];
    return value.flatMap((attachment: unknown) => filesOf(entriesOf(attachment)));
  });
  return found.length === 0 && name !== null ? [{ name }] : found;
}

const record = z.record(z.string(), z.unknown());

interface Entry {
  readonly name: string;
  /** The name as it is compared. */
  readonly key: string;
  readonly value: unknown;
}

function entriesOf(params: unknown): readonly Entry[] {
  return Object.entries(record.safeParse(params).data ?? {}).map(([name, value]) => ({
    name,
    key: plain(name),
    value,
  }));
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/gu, '').toLowerCase();
}

/** Every text and number in a value, however deep. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
