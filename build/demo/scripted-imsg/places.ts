/** Who is behind a name, a number, a chat's guid or row: the people Messages really writes to. */
import type { Chat, Database } from './database.ts';
import type { Service } from './delivery-log.ts';
import { ImsgError } from './imsg-error.ts';
import type { Selection } from './input.ts';
import { readPhoneNumber } from './phone-number.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

export interface Place {
  readonly recipients: readonly string[];
  readonly service: Service;
  /** Of Messages' own database, when the chat exists already. */
  readonly chat: Chat | null;
  readonly guid: string;
}

const servicePrefix = /^(?:imessage|sms|auto|tel):/iu;
const decoration = /[\s()\-.\u00ad\u200b\u2010-\u2015\u2060]/gu;
const directGuid = /^(imessage|sms|rcs|any);-;(.+)$/isu;
const chatGuid = /^([^;]*);([-+]);(.+)$/su;

/** What Messages makes of an address imsg hands on as written: a national number is one of the Mac's own country. */
export function personOf(text: string, settings: Settings): string {
  if (text.includes('@')) return text;
  const number = text.normalize('NFKC').replace(servicePrefix, '').replaceAll(decoration, '');
  if (/^\+\d+$/.test(number)) return number;
  if (/^\d+$/.test(number)) return readPhoneNumber(number, settings.macRegion) ?? number;
  return text;
}

/** An e-mail as it is; a number as the phone library reads it, or as written when it fails. */
export function dialled(text: string, region: string): string {
  return text.includes('@') ? text : (readPhoneNumber(text, region) ?? text);
}

/** Decides whether older imsg writes to an identifier as to a person. */
export function looksLikeHandle(text: string): boolean {
  return /^(?:imessage|sms|auto):/iu.test(text) || text.includes('@') || /^[+0-9 ()-]+$/.test(text);
}

/** The chat itself, whoever the database says is in it. */
export function placeOfChat(chat: Chat, settings: Settings): Place {
  const address = directGuid.exec(chat.guid)?.[2];
  const alone = address !== undefined && looksLikeHandle(address) ? [personOf(address, settings)] : null;
  return {
    recipients: chat.members ?? alone ?? chat.participants,
    service: chat.service,
    chat,
    guid: chat.guid,
  };
}

/** Over the helper: a chat that exists, or a new one for an address on a named service. Null: not found. */
export function placeForBridge(ref: string, world: World): Place | null {
  const { messages, settings, strict } = world;
  messages.refresh();
  const known = messages
    .chats()
    .find((chat) => chat.guid === ref || (strict && (chat.identifier === ref || prefixed(ref, chat))));
  if (known !== undefined) return placeOfChat(known, settings);
  const [, service = '', address = ''] = directGuid.exec(ref) ?? [];
  return service === '' || /^any$/iu.test(service) ? null : newPlace(service, address, settings);
}

/** AppleScript's `chat id`; more forgiving than the helper about chats that do not exist yet. */
export function placeForScript(ref: string, world: World): Place | null {
  const { messages, settings } = world;
  messages.refresh();
  const known = messages.chats().find((chat) => chat.guid === ref || chat.identifier === ref);
  if (known !== undefined) return placeOfChat(known, settings);
  const [, service = '', address = ''] = directGuid.exec(ref) ?? [];
  return service === '' ? null : newPlace(service, address, settings);
}

/** Messages has no way to somebody who is neither a number nor an e-mail. */
export function isReachable(person: string): boolean {
  return person.includes('@') || /^\+?\d+$/.test(person);
}

/** A person written to directly. @param handle as handed to Messages @throws ImsgError for what is no address */
export function placeOfPerson(handle: string, service: Service, world: World): Place {
  const { messages, settings } = world;
  messages.refresh();
  const person = personOf(handle, settings);
  if (!isReachable(person)) throw new ImsgError(`AppleScript failed: Can’t get buddy "${handle}" (-1728)`);
  const guid = `${service};-;${person}`;
  const known = messages.chats().find((chat) => chat.guid === guid || chat.guid === `any;-;${person}`);
  return { recipients: [person], service, chat: known ?? null, guid };
}

/** The chat an action over the helper is for. @throws ImsgError when there is none, or nothing was selected */
export function actionPlace(selection: Selection, world: World, via: 'rpc' | 'cli'): Place {
  const ref = bridgeRef(selection, world);
  if (ref === null) throw new ImsgError('Missing required option: --chat');
  world.needBridge(via);
  const place = placeForBridge(ref, world) ?? placeByIdentifier(ref, world);
  if (place === null) throw new ImsgError(`Chat not found: ${ref}`);
  return place;
}

/** What the helper is asked for: a row's guid beats everything else. */
export function bridgeRef({ chatId, guid, identifier }: Selection, world: World): string | null {
  return chatId === null ? (guid ?? identifier) : world.chatOfRow(chatId).guid;
}

function placeByIdentifier(ref: string, world: World): Place | null {
  const chat = world.messages.chats().find(({ identifier }) => identifier === ref);
  return chat === undefined ? null : placeOfChat(chat, world.settings);
}

/** An existing direct chat for `to`; the text itself may be any chat's guid or identifier, a group's too. */
export function existingChat(to: string, service: string, database: Database): Chat | null {
  const candidates = [`iMessage;-;${to}`, `any;-;${to}`, `SMS;-;${to}`, to].flatMap((ref) => {
    const [, kind = '', sign = '', rest = ''] = chatGuid.exec(ref) ?? [];
    return kind === 'any' ? [ref, `any;${sign === '-' ? '+' : '-'};${rest}`, rest] : [ref];
  });
  if (service === 'sms') candidates.unshift(`SMS;-;${to}`);
  const chats = database.chats();
  for (const ref of candidates) {
    const found = chats.find((chat) => chat.identifier === ref || chat.guid === ref);
    if (found !== undefined) return found;
  }
  return null;
}

const guidStarts = ['iMessage;-;', 'iMessage;+;', 'SMS;-;', 'SMS;+;', 'any;-;', 'any;+;'];
const tailLength = 10;

/** The older search of `typing` and `read`: in the end the first chat with such a member, be it a group. */
export function looseChat(to: string, database: Database): Chat | null {
  const chats = database.chats();
  const refs = [to, ...guidStarts.map((start) => `${start}${to}`)];
  for (const ref of refs) {
    const found = chats.find((chat) => chat.guid === ref);
    if (found !== undefined) return found;
  }
  const tail = to.replaceAll(/\D/gu, '').slice(-tailLength);
  const isHim = (person: string): boolean =>
    person === to || (tail.length === tailLength && person.replaceAll(/\D/gu, '').endsWith(tail));
  return (
    chats.find((chat) => chat.identifier === to) ??
    chats.find((chat) => (chat.members ?? chat.participants).some(isHim)) ??
    null
  );
}

function prefixed(ref: string, { guid }: Chat): boolean {
  return guidStarts.some((start) => guid === `${start}${ref}`);
}

function newPlace(service: string, address: string, settings: Settings): Place | null {
  const kind = /^sms$/iu.test(service) ? 'SMS' : 'iMessage';
  const person = personOf(address, settings);
  if (!isReachable(person)) return null;
  return { recipients: [person], service: kind, chat: null, guid: `${kind};-;${person}` };
}
