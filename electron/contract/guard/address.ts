/**
 * The one address normaliser: every spelling of a recipient becomes one canonical address, or a clear failure.
 * App, gateway plugin and transport guard all compare recipients through it and in no other way.
 */
import { parsePhoneNumberFromString, isSupportedCountry } from 'libphonenumber-js/min';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';

export type Address =
  | { readonly kind: 'phone'; readonly key: string }
  | { readonly kind: 'short-code'; readonly key: string }
  | { readonly kind: 'email'; readonly key: string }
  /** A conversation by its row number in one Messages database; says nothing about who is in it. */
  | { readonly kind: 'chat'; readonly key: string }
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'handle'; readonly key: string }
  /** An opaque id of the channel (Discord, Slack, …), compared exactly. */
  | { readonly kind: 'id'; readonly key: string };

export const addressProblems = [
  'empty',
  'too-long',
  /** Invisible or direction-changing characters inside something that is not a phone number. */
  'hidden-characters',
  /** Characters that only look like the ones of an e-mail address. */
  'look-alike',
  /** On a phone channel: 17-19 digits, the chat or user id of another app and never a phone number. */
  'foreign-id',
  /** On a phone channel: digits that cannot be a phone number. */
  'wrong-shape',
  /** On a phone channel: a name; only the sending side could say which number it stands for. */
  'name',
  'not-understood',
] as const;
export type AddressProblem = (typeof addressProblems)[number];

export interface AddressContext {
  readonly channel: string;
  /** ISO 3166 country that national numbers belong to; null: only international numbers are understood. */
  readonly region: string | null;
}

const longest = 320;
/** Channels whose bare digits are phone numbers. */
const phoneChannels: ReadonlySet<string> = new Set(['imessage', 'sms', 'whatsapp', 'signal']);
/** Bare digits on these are international already, without the plus sign. */
const internationalDigitChannels: ReadonlySet<string> = new Set(['whatsapp', 'signal']);

const hiddenCharacter = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const hiddenCharacters = new RegExp(hiddenCharacter, 'gu');
const controls = /\p{Cc}/u;
const phoneCharacters = /^\+?[\p{Nd}\s().\-\u2010-\u2015\u2212/]+$/u;
const emailShape =
  /^[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
const servicePrefix = /^(?:imessage|sms|auto|tel|mailto|e|p):(?:\/\/)?\s*/iu;
const chatIdPrefix = /^(?:chat_id|chatid|chat):\s*/iu;
const chatTextPrefix = /^(?:chat_guid|chatguid|guid|chat_identifier|chatidentifier|chatident):\s*/iu;
const messagesGuid = /^(?:imessage|sms|rcs|any|auto);([-+]);(.+)$/iu;
const messagesGroup = /^(?:chat\d{3,}|[0-9a-f]{32})$/iu;
const signalId = /^(?:uuid:|id:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const whatsappJid = /^([0-9a-z.-]+)(?::\d+)?@(s\.whatsapp\.net|c\.us|g\.us|lid)$/iu;

export function normaliseAddress(raw: string, context: AddressContext): Result<Address, AddressProblem> {
  if (raw.length > longest) return fail('too-long');
  const visible = raw.normalize('NFKC').replaceAll(hiddenCharacters, '').trim();
  if (visible === '') return fail('empty');
  if (controls.test(visible)) return fail('hidden-characters');
  if (!phoneChannels.has(context.channel)) return otherChannel(raw, visible, context);
  return phoneChannel(raw, visible, context);
}

/** The canonical spelling, or null when the text is no address. */
export function addressKey(raw: string, context: AddressContext): string | null {
  const address = normaliseAddress(raw, context);
  return address.ok ? address.value.key : null;
}

function phoneChannel(raw: string, text: string, context: AddressContext): Result<Address, AddressProblem> {
  const bare = withoutServicePrefix(text, context.channel);
  if (bare === '') return fail('empty');
  if (chatIdPrefix.test(bare)) return conversation(bare.replace(chatIdPrefix, ''));
  const reference = bare.replace(chatTextPrefix, '').trim();
  const guid = messagesGuid.exec(reference);
  if (guid?.[1] === '+') return group(guid[2] ?? '', raw);
  const target = guid?.[2]?.trim() ?? reference;

  if (/^group:/iu.test(target))
    return group(target.slice('group:'.length), raw, context.channel !== 'imessage');
  if (messagesGroup.test(target)) return group(target, raw);
  const jid = whatsappJid.exec(target);
  if (jid) return whatsapp(jid[1] ?? '', jid[2]?.toLowerCase() ?? '', raw, context);
  if (signalId.test(target)) return ok({ kind: 'id', key: `id:${target.slice(-36).toLowerCase()}` });
  if (/^short:\d{3,6}$/u.test(target)) return ok({ kind: 'short-code', key: target });
  if (phoneCharacters.test(target)) return phone(target, context);
  if (target.includes('@') && !target.startsWith('@')) return email(raw, target);
  return hidden(raw) ? fail('hidden-characters') : fail('name');
}

function otherChannel(raw: string, text: string, context: AddressContext): Result<Address, AddressProblem> {
  if (hidden(raw)) return fail('hidden-characters');
  const exact = raw.trim();
  // Full-width or composed letters in an opaque id may be another id altogether: never fold them together.
  if (exact.normalize('NFC') !== text) return fail('look-alike');
  const bare = stripChannel(text, context.channel);
  if (bare === '') return fail('empty');
  if (bare.startsWith('id:')) return bare.length > 3 ? ok({ kind: 'id', key: bare }) : fail('empty');
  if (/^group:/iu.test(bare)) return group(bare.slice('group:'.length), raw, true);
  if (/^@[\p{L}\p{N}_.-]+$/u.test(bare)) return ok({ kind: 'handle', key: bare.toLowerCase() });
  if (emailShape.test(bare.toLowerCase())) return ok({ kind: 'email', key: bare.toLowerCase() });
  if (/^\+[\d\s().-]+$/u.test(bare)) return phone(bare, context);
  if (/\s/u.test(bare)) return fail('not-understood');
  return ok({ kind: 'id', key: `id:${bare}` });
}

function withoutServicePrefix(text: string, channel: string): string {
  let rest = text;
  // `imessage:sms:+1…` is accepted by the channel as well; anything deeper is nobody's spelling.
  for (let depth = 0; depth < 3 && servicePrefix.test(rest); depth += 1)
    rest = rest.replace(servicePrefix, '');
  return stripChannel(rest, channel).trim();
}

function stripChannel(text: string, channel: string): string {
  const prefix = `${channel}:`;
  return text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length).trim() : text;
}

function conversation(text: string): Result<Address, AddressProblem> {
  if (!/^\d{1,15}$/u.test(text.trim())) return fail('not-understood');
  const number = Number(text);
  return number > 0 ? ok({ kind: 'chat', key: `chat_id:${String(number)}` }) : fail('not-understood');
}

function group(id: string, raw: string, caseMatters = false): Result<Address, AddressProblem> {
  const text = id.trim();
  if (hidden(raw)) return fail('hidden-characters');
  if (text === '' || /\s/u.test(text)) return fail('not-understood');
  return ok({ kind: 'group', key: `group:${caseMatters ? text : text.toLowerCase()}` });
}

function whatsapp(
  user: string,
  server: string,
  raw: string,
  context: AddressContext,
): Result<Address, AddressProblem> {
  if (server === 'g.us') return group(user, raw, true);
  if (server === 'lid') return ok({ kind: 'id', key: `${user}@lid` });
  return /^\d+$/u.test(user) ? phone(`+${user}`, context) : fail('not-understood');
}

function phone(text: string, context: AddressContext): Result<Address, AddressProblem> {
  const digits = text.replaceAll(/[^\p{Nd}]/gu, '');
  const international = text.startsWith('+');
  if (/^\p{Nd}{17,19}$/u.test(digits)) return fail('foreign-id');
  if (!international && /^\d{3,6}$/u.test(text)) return ok({ kind: 'short-code', key: `short:${text}` });
  const impliedPlus = !international && internationalDigitChannels.has(context.channel);
  const number = parsePhoneNumberFromString(
    impliedPlus ? `+${digits}` : text,
    context.region !== null && isSupportedCountry(context.region) ? context.region : undefined,
  );
  return number?.isPossible() === true ? ok({ kind: 'phone', key: number.number }) : fail('wrong-shape');
}

function email(raw: string, text: string): Result<Address, AddressProblem> {
  if (hidden(raw)) return fail('hidden-characters');
  const lower = text.toLowerCase();
  if (raw.normalize('NFKC') !== raw.normalize('NFC') || /[^\u0020-\u007e]/u.test(lower))
    return fail('look-alike');
  return emailShape.test(lower) ? ok({ kind: 'email', key: lower }) : fail('not-understood');
}

function hidden(raw: string): boolean {
  return hiddenCharacter.test(raw.trim());
}
