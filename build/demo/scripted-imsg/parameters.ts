/** Reads the parameters of a request: older imsg coerces and ignores, newer imsg refuses. */
import { invalidParams } from './imsg-error.ts';
import type { Input, Part, Selection } from './input.ts';
import { isObject, JsonNumber } from './json-reader.ts';
import type { Json, JsonObject } from './json-reader.ts';
import { commaList, trimmed, wholeNumber } from './text-rules.ts';

const chatKeys = ['chat_id', 'chat_identifier', 'chat_guid'] as const;

export class Parameters implements Input {
  readonly via = 'rpc';
  readonly #params: JsonObject;
  readonly #strict: boolean;
  readonly #known = new Set<string>();

  constructor(params: JsonObject, strict: boolean) {
    this.#params = params;
    this.#strict = strict;
  }

  text(keys: readonly string[]): string | null {
    const value = this.#first(keys);
    if (value === undefined || typeof value === 'string') return value ?? null;
    this.#refuse(keys, 'a text');
    if (value instanceof JsonNumber) return value.text;
    return typeof value === 'boolean' ? String(Number(value)) : null;
  }

  whole(keys: readonly string[]): number | null {
    const value = this.#first(keys);
    if (value === undefined) return null;
    if (value instanceof JsonNumber && /^-?\d+$/.test(value.text)) return value.value;
    this.#refuse(keys, 'a whole number');
    if (value instanceof JsonNumber) return Math.trunc(value.value);
    if (typeof value === 'boolean') return Number(value);
    return typeof value === 'string' ? wholeNumber(value) : null;
  }

  flag(keys: readonly string[]): boolean | null {
    const value = this.#first(keys);
    if (value === undefined || typeof value === 'boolean') return value ?? null;
    this.#refuse(keys, 'true or false');
    if (value instanceof JsonNumber) return value.value !== 0;
    return value === 'true' ? true : value === 'false' ? false : null;
  }

  list(keys: readonly string[]): readonly string[] | null {
    const value = this.#first(keys);
    if (value === undefined) return null;
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      if (items.some((item) => typeof item !== 'string')) this.#refuse(keys, 'a list of texts');
      return items.flatMap((item) =>
        typeof item === 'string' ? [item] : item instanceof JsonNumber ? [item.text] : [],
      );
    }
    this.#refuse(keys, 'a list of texts');
    return typeof value === 'string' ? commaList(value) : null;
  }

  parts(): readonly Part[] | null {
    const value = this.#first(['parts']);
    if (!Array.isArray(value)) return null;
    return (value as readonly Json[]).flatMap((part) =>
      isObject(part) && typeof part['text'] === 'string' ? [{ text: part['text'] }] : [],
    );
  }

  ignore(keys: readonly string[]): void {
    for (const key of keys) this.#known.add(key);
  }

  selection(): Selection {
    const to = this.text(['to']);
    const chat = this.chat(to !== null);
    if (to !== null && to !== '' && (chat.chatId ?? chat.identifier ?? chat.guid) !== null)
      throw invalidParams('use either to or a chat, not both');
    return { ...chat, to: to === '' ? null : to };
  }

  chat(orTo = false): Selection {
    const named = chatKeys.filter((key) => this.#params[key] !== undefined);
    if (this.#strict && (orTo ? named.length > 0 : named.length !== 1))
      throw invalidParams('exactly one target is needed');
    return {
      to: null,
      chatId: this.whole(['chat_id']),
      identifier: this.#selector('chat_identifier'),
      guid: this.#selector('chat_guid'),
    };
  }

  done(): void {
    if (!this.#strict) return;
    const unknown = Object.keys(this.#params).find((key) => !this.#known.has(key));
    if (unknown !== undefined) throw invalidParams(`unknown parameter: ${unknown}`);
  }

  #selector(key: string): string | null {
    const text = trimmed(this.text([key]) ?? '');
    return text === '' ? null : text;
  }

  /** The first key that is there counts, readable or not; null is not there. */
  #first(keys: readonly string[]): Json | undefined {
    for (const key of keys) this.#known.add(key);
    const given = keys.filter((key) => this.#params[key] !== undefined);
    if (this.#strict && (given.length > 1 || given.some((key) => this.#params[key] === null)))
      throw invalidParams(`${given.join(', ')}: once and not null`);
    const key = given.find((name) => this.#params[name] !== null);
    return key === undefined ? undefined : this.#params[key];
  }

  #refuse(keys: readonly string[], wanted: string): void {
    if (this.#strict) throw invalidParams(`${keys[0] ?? ''} must be ${wanted}`);
  }
}
