/** One sending call as it was parsed: its parameters in order, with what each of them is for. */
import { chatRecipient, personRecipient, rowRecipient } from './send-request.ts';
import type { Naming, Recipient, SendRequest, Written } from './send-request.ts';
import type { Role } from './parameters.ts';

export interface Entry {
  readonly role: Role;
  /** As the caller wrote it. */
  readonly name: string;
  readonly value: unknown;
}

/** Names under which a place is written out that the caller named in another way. */
export type PlaceNames = Readonly<Record<Exclude<Naming, 'person'>, string>>;

/** What travels with every message and says nothing by itself. */
const usual: ReadonlySet<string> = new Set(['transport']);
const usualService = 'auto';

/** @returns null unless it names one chat or one person, or people for a new chat */
export function recipientsIn(entries: readonly Entry[]): readonly Recipient[] | null {
  const selectors = entries.filter(isSelector).length;
  const people = entries.some(({ role }) => role === 'people');
  return (people ? selectors === 0 : selectors === 1) ? entries.flatMap(recipientsOf) : null;
}

export function requestOf(
  action: string,
  entries: readonly Entry[],
  recipients: readonly Recipient[],
  facts: Pick<SendRequest, 'content' | 'region' | 'sign'>,
): SendRequest {
  const texts = entries.flatMap(textsOf);
  const files = ofRole(entries, 'file');
  const words = entries
    .filter(({ role, name, value }) => role === 'word' && !usual.has(name) && value !== usualService)
    .map(({ name, value }) => [name, String(value)] as const);
  const plain = action === 'send' && files.length === 0;
  const asUsual = plain && words.length === 0 && !entries.some(({ role }) => changesText.has(role));
  return {
    ...facts,
    action: plain ? 'text' : action,
    recipients,
    texts,
    words,
    shown: plain ? texts.join('\n') : [...texts, ...words.map((word) => word.join(': '))].join('\n'),
    files,
    content: asUsual ? texts.join('\n') : facts.content,
  };
}

/** Does the caller want national numbers dialled in another country? */
export function asksForAnother(entries: readonly Entry[], region: string): boolean {
  return ofRole(entries, 'region').some((asked) => asked.toUpperCase() !== region);
}

/** Beside these a text is the whole of a message. */
const changesText: ReadonlySet<Role> = new Set(['id', 'flag', 'formatting', 'whole']);

/** Older imsg takes an identifier with an @ in it for an e-mail address, whatever stands before. */
const identifiers: ReadonlySet<string> = new Set(['chat_identifier', 'chat-identifier']);
const personGuid = /^[A-Za-z]+;-;(?=\+|.*@)/u;

/** The same entries with what is to be written in place of what the caller wrote. */
export function filledIn(entries: readonly Entry[], written: Written, names: PlaceNames): readonly Entry[] {
  const places = [...written.recipients];
  const files = [...written.files];
  return entries.map((entry) => {
    if (entry.role === 'file') return { ...entry, value: files.shift() };
    if (entry.role === 'people') return { ...entry, value: textsIn(entry).map(() => places.shift()?.to) };
    if (!isPlace(entry)) return entry;
    const place = places.shift();
    if (place === undefined) throw new Error('A recipient is missing.');
    const { to } = place;
    if (place.as === 'person') return { ...entry, value: to };
    if (place.as === 'row') return { ...entry, name: names.row, value: Number(to.slice('chat_id:'.length)) };
    if (entry.role !== 'chat') return { ...entry, name: names.chat, value: to };
    return { ...entry, value: identifiers.has(entry.name) ? to.replace(personGuid, '') : to };
  });
}

function recipientsOf(entry: Entry): readonly Recipient[] {
  if (entry.role === 'people') return textsIn(entry).map(personRecipient);
  if (!isPlace(entry)) return [];
  if (entry.role === 'person') return [personRecipient(String(entry.value))];
  return [entry.role === 'row' ? rowRecipient(String(entry.value)) : chatRecipient(String(entry.value))];
}

function isPlace({ role }: Entry): boolean {
  return role === 'person' || role === 'row' || role === 'chat';
}

/** Somebody who is added to a chat is no choice of the chat. */
function isSelector(entry: Entry): boolean {
  return isPlace(entry) && entry.name !== 'address';
}

function textsOf(entry: Entry): readonly string[] {
  if (entry.role === 'text' || entry.role === 'texts' || entry.role === 'json') return textsIn(entry);
  return entry.role === 'parts' ? partTexts(entry.value) : [];
}

function partTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((part: { readonly text: string }) => part.text) : [];
}

function ofRole(entries: readonly Entry[], role: Role): readonly string[] {
  return entries.filter((entry) => entry.role === role).flatMap(textsIn);
}

function textsIn({ value }: Entry): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
