/**
 * The one reader of addresses. App, gateway plugin and transport guard compare people through it and in no other way.
 * A recipient is understood only where every program on the way reads the same; the canonical form is what to write
 * out instead of what was written. Everything else is not understood, and has people it may mean.
 */
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import { hasHidden, withoutHiddenAround } from './address-characters.ts';
import { readEmail } from './address-email.ts';
import { guessPeople } from './address-guesses.ts';
import { isPhoneChannel, looksLikePhone, readPhone, shortCode } from './address-phone.ts';
import { isNamedSender, readSender } from './address-sender.ts';
import type { Address, AddressContext, AddressProblem } from './address-types.ts';

const longest = 320;

const servicePrefix = /^(?:imessage|sms|auto|tel|mailto|e|p):(?:\/\/)?\s*/iu;
const chatIdPrefix = /^(?:chat_id|chatid|chat):\s*/iu;
const chatTextPrefix = /^(?:chat_guid|chatguid|guid|chat_identifier|chatidentifier|chatident):\s*/iu;
const messagesGuid = /^(?:imessage|sms|rcs|any|auto);([-+]);(.+)$/iu;
const messagesGroup = /^(?:chat\d{3,}|[0-9a-f]{32})$/iu;
const signalId = /^(?:uuid:|id:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const whatsappJid = /^([0-9a-z.-]+)(?::\d+)?@(s\.whatsapp\.net|c\.us|g\.us|lid)$/iu;
const extension = /^\+?[\d\s().-]+(?:;ext=|ext\.?|[x#,;~])\s*\d{1,7}$/iu;
const namedShortCode = /^short:(\d{3,6})$/iu;

export interface Recipient {
  /** What to write out, or why there is nothing safe to write. */
  readonly address: Result<Address, AddressProblem>;
  /**
   * Canonical addresses of everybody this may reach. Complete where the address is understood or `ambiguous`;
   * otherwise a guess, to refuse by and never to allow by.
   */
  readonly people: readonly string[];
}

/** Whom a message goes to when this is written into its `to`. Never throws. */
export function canonicalRecipient(text: string, context: AddressContext): Recipient {
  const address = normaliseAddress(text, context);
  return { address, people: address.ok ? [address.value.key] : guessPeople(text, context, normaliseAddress) };
}

/** The address of a recipient, where it is understood and can mean one only. */
export function normaliseAddress(raw: string, context: AddressContext): Result<Address, AddressProblem> {
  if (raw.length > longest) return fail('too-long');
  const text = raw.trim();
  if (withoutHiddenAround(text) === '') return fail('empty');
  if (hasHidden(text)) return fail('hidden-characters');
  return isPhoneChannel(context.channel) ? phoneChannel(text, context) : otherChannel(text, context);
}

/** The canonical spelling, or null when the text is no address. */
export function addressKey(raw: string, context: AddressContext): string | null {
  const address = normaliseAddress(raw, context);
  return address.ok ? address.value.key : null;
}

/**
 * Who is meant where somebody is named: in a rule, or as the sender of a request. Takes everything a recipient can be,
 * and beside it names and short numbers as the other side shows them.
 */
export function personAddress(raw: string, context: AddressContext): Result<Address, AddressProblem> {
  const text = withoutHiddenAround(raw);
  if (!isPhoneChannel(context.channel)) return normaliseAddress(text, context);
  const bare = withoutServicePrefix(text, context.channel);
  if (/^\d{3,6}$/u.test(bare)) return ok(shortCode(bare));
  const address = normaliseAddress(text, context);
  if (address.ok || address.error !== 'name') return address;
  const sender = readSender(bare);
  return sender === null ? address : ok(sender);
}

/** Who can be allowed: a name is whoever bears it, so it is there to refuse by only. */
export function allowableAddress(raw: string, context: AddressContext): Result<Address, AddressProblem> {
  const address = personAddress(raw, context);
  return address.ok && address.value.kind === 'sender' ? fail('name') : address;
}

export function personKey(raw: string, context: AddressContext): string | null {
  const address = personAddress(raw, context);
  return address.ok ? address.value.key : null;
}

function phoneChannel(text: string, context: AddressContext): Result<Address, AddressProblem> {
  const { channel } = context;
  const bare = withoutServicePrefix(text, channel);
  if (bare === '') return fail('empty');
  if (isNamedSender(bare)) return fail('name');
  if (chatIdPrefix.test(bare)) return conversation(bare.replace(chatIdPrefix, ''));
  const reference = bare.replace(chatTextPrefix, '').trim();
  const guid = messagesGuid.exec(reference);
  if (guid?.[1] === '+') return group(guid[2] ?? '');
  const target = guid?.[2]?.trim() ?? reference;

  if (/^group:/iu.test(target)) return group(target.slice('group:'.length), channel !== 'imessage');
  if (messagesGroup.test(target)) return group(target);
  if (channel === 'whatsapp' || channel === 'signal') {
    const id = ownId(target, context);
    if (id !== null) return id;
  }
  const named = namedShortCode.exec(target)?.[1];
  if (named !== undefined) return ok(shortCode(named));
  if (looksLikePhone(target)) return readPhone(target, context);
  if (target.includes('@') && !target.startsWith('@')) return readEmail(target);
  return noAddress(target);
}

function noAddress(text: string): Result<Address, AddressProblem> {
  const folded = text.normalize('NFKC');
  if (/\p{Nd}/u.test(folded) && (/[^\P{N}0-9]/u.test(text) || folded !== text.normalize('NFC')))
    return fail('look-alike');
  if (!/^[+\d(]/u.test(text)) return fail('name');
  return fail(extension.test(text) ? 'extension' : 'not-understood');
}

function otherChannel(text: string, context: AddressContext): Result<Address, AddressProblem> {
  // Full-width or composed letters in an opaque id may be another id altogether: never fold them together.
  if (text.normalize('NFC') !== text.normalize('NFKC')) return fail('look-alike');
  const bare = stripChannel(text.normalize('NFC'), context.channel);
  if (bare === '') return fail('empty');
  if (bare.startsWith('id:')) return bare.length > 3 ? ok({ kind: 'id', key: bare }) : fail('empty');
  if (/^group:/iu.test(bare)) return group(bare.slice('group:'.length), true);
  if (/^@[\p{L}\p{N}_.-]+$/u.test(bare)) return ok({ kind: 'handle', key: bare.toLowerCase() });
  const mail = bare.includes('@') ? readEmail(bare) : null;
  if (mail?.ok === true) return mail;
  if (/^\+[\d\s().-]+$/u.test(bare)) return readPhone(bare, context);
  if (/\s/u.test(bare)) return fail('not-understood');
  return ok({ kind: 'id', key: `id:${bare}` });
}

/** Ids that WhatsApp and Signal have beside numbers. */
function ownId(text: string, context: AddressContext): Result<Address, AddressProblem> | null {
  if (signalId.test(text)) return ok({ kind: 'id', key: `id:${text.slice(-36).toLowerCase()}` });
  const jid = whatsappJid.exec(text);
  if (jid === null) return null;
  const [user, server] = [jid[1] ?? '', jid[2]?.toLowerCase()];
  if (server === 'g.us') return group(user, true);
  if (server === 'lid') return ok({ kind: 'id', key: `${user}@lid` });
  return /^\d+$/u.test(user) ? readPhone(`+${user}`, context) : fail('not-understood');
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
  if (!/^[0-9]{1,15}$/u.test(text.trim())) return fail('not-understood');
  const number = Number(text);
  return number > 0 ? ok({ kind: 'chat', key: `chat_id:${String(number)}` }) : fail('not-understood');
}

function group(id: string, caseMatters = false): Result<Address, AddressProblem> {
  const text = id.trim();
  if (text === '' || /\s/u.test(text)) return fail('not-understood');
  return ok({ kind: 'group', key: `group:${caseMatters ? text : text.toLowerCase()}` });
}
