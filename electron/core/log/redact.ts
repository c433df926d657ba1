/** Makes log facts safe to write: secrets become names of what they were, people keep three characters, size is bounded. */
import { phrases, type Phrase } from './phrases.ts';

export interface Redactor {
  /** One text, e.g. an error message. */
  readonly text: (text: string) => string;
  /** A whole structure, as plain data ready for JSON. Never throws. */
  readonly facts: (facts: unknown) => unknown;
}

export interface RedactorOptions {
  /** The owner's home directory; shown as `~`. */
  readonly home: string;
}

/** Where a value is nothing but a secret, whatever it looks like. */
const secretName =
  /(?:token|password|passwd|passphrase|secret|credential|apikey|api_key|privatekey|privatekeypem|private_key|authorization|cookie|setup_?code)$/i;

const longestText = 2_000;
/** Patterns run on at most this much, so that cutting never leaves the readable first half of a secret. */
const longestRead = 16_000;
const mostEntries = 50;
const deepest = 6;

export function createRedactor({ home }: RedactorOptions): Redactor {
  const known = home.length > 1 ? [homeDirectory(home), ...phrases] : phrases;

  const text = (input: string): string => {
    let output = input.slice(0, longestRead);
    for (const { pattern, replace } of known) output = output.replace(pattern, replace);
    if (output.length <= longestText && input.length <= longestRead) return output;
    return `${output.slice(0, longestText)}… (${String(input.length)} characters)`;
  };

  const facts = (value: unknown, depth = 0): unknown => {
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
      case 'boolean':
      case 'undefined':
        return value;
      case 'bigint':
        return String(value);
      case 'symbol':
      case 'function':
        return `[${typeof value}]`;
      case 'object':
        if (value === null) return null;
        if (depth >= deepest) return '[more]';
        return structure(value, depth + 1);
    }
  };

  const structure = (value: object, depth: number): unknown => {
    try {
      if (value instanceof Error) return error(value, depth);
      if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
        return `[${String(value.byteLength)} bytes]`;
      }
      // Dates and URLs.
      if (hasToJson(value)) return facts(value.toJSON(), depth);
      if (value instanceof Map)
        return entries(
          [...value].map(([name, item]) => [String(name), item]),
          depth,
        );
      if (Array.isArray(value) || value instanceof Set) return list([...value], depth);
      return entries(Object.entries(value), depth);
    } catch {
      // A getter that throws, a revoked proxy: the log line matters more than this part of it.
      return '[unreadable]';
    }
  };

  const error = (value: Error, depth: number): unknown => ({
    name: text(value.name),
    message: text(value.message),
    ...('code' in value && { code: facts(value.code, depth) }),
    ...(value.stack !== undefined && { stack: text(value.stack) }),
    ...(value.cause !== undefined && { cause: facts(value.cause, depth) }),
  });

  const list = (items: readonly unknown[], depth: number): unknown => {
    const shown = items.slice(0, mostEntries).map((item) => facts(item, depth));
    return items.length > mostEntries ? [...shown, `[${String(items.length - mostEntries)} more]`] : shown;
  };

  const entries = (pairs: readonly (readonly [string, unknown])[], depth: number): unknown => {
    const shown = pairs
      .slice(0, mostEntries)
      .map(([name, item]) => [text(name), secretName.test(name) ? hidden(item, depth) : facts(item, depth)]);
    if (pairs.length > mostEntries) shown.push(['…', `[${String(pairs.length - mostEntries)} more]`]);
    return Object.fromEntries(shown) as unknown;
  };

  /** Whether there is a secret, and how long it is, may be told. */
  const hidden = (item: unknown, depth: number): unknown => {
    if (typeof item === 'string') return item === '' ? '' : `[secret, ${String(item.length)} characters]`;
    if (typeof item === 'object' && item !== null && !isPlainHolder(item)) return '[secret]';
    return facts(item, depth);
  };

  return { text, facts: (value) => facts(value) };
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** `credential: { kind, token }` is looked into, so that its kind can be read; lists and bytes are not. */
function isPlainHolder(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function homeDirectory(home: string): Phrase {
  const escaped = home.replace(/[/\\]$/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return { name: 'home directory', pattern: new RegExp(`${escaped}(?![\\w.-])`, 'g'), replace: () => '~' };
}
