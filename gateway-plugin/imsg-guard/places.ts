/** Who is behind the places a send names, and how each of them is written out. */
import { canonicalRecipient, personKey } from '../../electron/contract/guard/address.ts';
import type { SendTarget } from '../../electron/contract/guard/send.ts';
import type { ChatFacts, ChatSource } from './chat-lookup.ts';
import { chatRecipient } from './send-request.ts';
import type { Recipient } from './send-request.ts';

export const imessageChannel = 'imessage';

export interface Place {
  readonly target: SendTarget;
  /** What to write out; null when it was not understood, so that there is nothing better than what the caller wrote. */
  readonly written: Recipient | null;
  /** Canonical addresses this place certainly is, for hand-overs from the plugin and for first contacts. */
  readonly names: readonly string[];
}

const personKinds: ReadonlySet<string> = new Set(['phone', 'email', 'short-code']);
const guidOf = /(?:^|[^A-Za-z])(imessage|sms|rcs|any);([-+]);/iu;
const services: Readonly<Record<string, string>> = {
  imessage: 'iMessage',
  sms: 'SMS',
  rcs: 'RCS',
  any: 'any',
};

/** Typing is told every few seconds; a direct chat is one person's for good. */
const directKeptMs = 60_000;

export class Places {
  readonly #chats: ChatSource;
  readonly #now: () => number;
  readonly #direct = new Map<string, { readonly chat: Recipient | null; readonly at: number }>();

  constructor(chats: ChatSource, now: () => number) {
    this.#chats = chats;
    this.#now = now;
  }

  async find({ to, as }: Recipient, region: string | null): Promise<Place> {
    const { address, people } = canonicalRecipient(to, { channel: imessageChannel, region });
    if (!address.ok) return { target: plainTarget(to), written: null, names: [] };
    const { key, kind } = address.value;
    if (as !== 'row' && personKinds.has(kind)) {
      const written = as === 'chat' ? `${guidStart(to)}${key}` : key;
      // A Mac in another country dials few digits as a number of its own; only a chat that is there says which.
      const clear = kind !== 'short-code';
      // Named by its guid it is the person all the same, and nobody else.
      const target = { ...plainTarget(to), people };
      return { target, written: clear ? { to: written, as } : null, names: [key] };
    }
    const facts =
      kind === 'chat' ? [await this.#chats.row(key.slice('chat_id:'.length))] : await this.#named(key);
    return chatPlace({ to, as }, key, { facts: facts.filter((each) => each !== null), region });
  }

  /** A direct chat that is there already: typing and receipts to anything else may show in a group. */
  async directChat(person: string): Promise<Recipient | null> {
    const known = this.#direct.get(person);
    if (known !== undefined && this.#now() - known.at < directKeptMs) return known.chat;
    const all = await this.#chats.all();
    const found = all.find(({ guid }) => guid !== null && isDirect(guid) && keyOf(guid) === person);
    const chat = found?.guid == null ? null : chatRecipient(found.guid);
    this.#direct.set(person, { chat, at: this.#now() });
    return chat;
  }

  /** Chats that go by this name; each is asked about by itself, for only then are the people told for certain. */
  async #named(key: string): Promise<readonly (ChatFacts | null)[]> {
    const all = await this.#chats.all();
    const named = all.filter(({ guid, identifier }) => keyOf(guid) === key || keyOf(identifier) === key);
    return await Promise.all(named.map(({ row }) => this.#chats.row(row)));
  }
}

function chatPlace(
  { to, as }: Recipient,
  key: string,
  { facts, region }: { readonly facts: readonly ChatFacts[]; readonly region: string | null },
): Place {
  const context = { channel: imessageChannel, region };
  const aliases = new Set<string>();
  const people = new Set<string>();
  for (const { guid, identifier, people: members } of facts) {
    for (const name of [guid, identifier]) {
      if (name === null) continue;
      const meant = canonicalRecipient(name, context);
      const value = meant.address.ok ? meant.address.value : null;
      if (value === null || personKinds.has(value.kind)) people.add(value?.key ?? name);
      else aliases.add(value.key);
    }
    for (const member of members) people.add(personKey(member, context) ?? member);
  }
  const target = { to, aliases: [...aliases], people: [...people].slice(0, 200), opened: false };
  const [alone] = people.size === 1 && aliases.size === 0 ? people : [];
  // A row whose names are not one group or one person may lead to either; nobody vouches for it.
  const clear = aliases.size + (alone === undefined ? 0 : 1) <= 1 && !(people.size > 1 && aliases.size === 0);
  const names = clear ? [key, ...aliases, ...(alone === undefined ? [] : [alone])] : [];
  return { target, written: writtenChat({ to, as }, key), names };
}

function writtenChat({ to, as }: Recipient, key: string): Recipient | null {
  if (key.startsWith('chat_id:')) return { to: key, as: 'row' };
  const text = to.trim();
  return as === 'chat' && /^(?:[A-Za-z]+;[-+];)?[^\s;]+$/u.test(text) ? { to: text, as } : null;
}

function keyOf(text: string | null): string | null {
  return text === null ? null : personKey(text, { channel: imessageChannel, region: null });
}

function isDirect(guid: string): boolean {
  return guidOf.exec(guid)?.[2] === '-';
}

function guidStart(text: string): string {
  const [, service = '', sign = ''] = guidOf.exec(text) ?? [];
  return service === '' ? '' : `${services[service.toLowerCase()] ?? service};${sign};`;
}

function plainTarget(to: string): SendTarget {
  return { to, aliases: [], people: [], opened: false };
}
