/**
 * Reads JSON as Apple's JSONSerialization does. Of two equal keys it is not documented which one counts, so both
 * readings can be asked for; a number keeps its spelling, which newer versions of imsg look at.
 */

export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  get value(): number {
    return Number(this.text);
  }
  toJSON(): number {
    return this.value;
  }
}

export type Json = string | boolean | null | JsonNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface JsonReading {
  readonly equalKeys: 'first' | 'last';
  readonly trailingComma: 'refused' | 'accepted';
}

const depthMax = 512;
const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids exactly these inside a string
const plainLetters = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const words = { true: true, false: false, null: null } as const;

/** @throws SyntaxError for anything JSONSerialization refuses, a value that is no object or array included */
export function readJson(text: string, reading: JsonReading): Json {
  const cursor = new Cursor(text, reading);
  const value = cursor.value(1);
  cursor.end();
  if (!isObject(value) && !Array.isArray(value)) throw new SyntaxError('top level');
  return value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}

class Cursor {
  readonly #text: string;
  readonly #reading: JsonReading;
  #at = 0;

  constructor(text: string, reading: JsonReading) {
    this.#text = text;
    this.#reading = reading;
  }

  value(depth: number): Json {
    if (depth > depthMax) throw new SyntaxError('too deep');
    this.#take(blank);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    for (const [word, meaning] of Object.entries(words)) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return meaning;
      }
    }
    const spelling = this.#take(number);
    if (spelling === '') throw new SyntaxError('no value');
    return new JsonNumber(spelling);
  }

  end(): void {
    this.#take(blank);
    if (this.#at < this.#text.length) throw new SyntaxError('more after the value');
  }

  #object(depth: number): JsonObject {
    const members = new Map<string, Json>();
    this.#list('}', () => {
      const key = this.#string();
      this.#expect(':');
      const value = this.value(depth + 1);
      if (!members.has(key) || this.#reading.equalKeys === 'last') members.set(key, value);
    });
    return Object.assign(Object.create(null) as object, Object.fromEntries(members));
  }

  #array(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.#list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  #list(end: string, item: () => void): void {
    this.#at += 1;
    for (let more = !this.#has(end); more;) {
      this.#take(blank);
      item();
      if (this.#has(end)) return;
      this.#expect(',');
      more = this.#reading.trailingComma === 'refused' || !this.#has(end);
    }
  }

  #string(): string {
    this.#expect('"');
    let text = this.#take(plainLetters);
    while (this.#text[this.#at] === '\\') {
      const escaped = this.#take(escape);
      if (escaped === '') throw new SyntaxError('unknown escape');
      text += JSON.parse(`"${escaped}"`) as string;
      text += this.#take(plainLetters);
    }
    if (this.#text[this.#at] !== '"') throw new SyntaxError('unfinished string');
    this.#at += 1;
    if (!text.isWellFormed()) throw new SyntaxError('half a character');
    return text;
  }

  #has(mark: string): boolean {
    this.#take(blank);
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#has(mark)) throw new SyntaxError(`no ${mark}`);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
