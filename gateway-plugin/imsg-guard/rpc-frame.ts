/**
 * Reads one line of imsg's JSON-RPC. What is passed on is written anew from what was read, so that imsg has nothing to
 * read differently; a line that is not understood goes nowhere.
 */
import { hasDuplicateKey } from '../../electron/contract/guard/json-keys.ts';
import { asksForAnother, filledIn, recipientsIn, requestOf } from './call-entries.ts';
import type { Entry } from './call-entries.ts';
import { parameterOf } from './parameters.ts';
import type { SendingCall } from './parameters.ts';
import { readingMethods, sendingMethods } from './rpc-methods.ts';
import { isGiven, readPlain, readValue } from './rpc-values.ts';
import { unreadableSend } from './send-request.ts';
import type { SendRequest, Written } from './send-request.ts';

export type FrameId = string | number | null;

export type Frame =
  | { readonly kind: 'blank' }
  /** No request to anybody; answered as imsg does. */
  | { readonly kind: 'nonsense'; readonly code: number; readonly message: string }
  /** Nobody else notices it. */
  | { readonly kind: 'reading'; readonly line: string }
  | {
      readonly kind: 'send';
      /** Undefined for a notification, which gets no answer. */
      readonly id: FrameId | undefined;
      readonly request: SendRequest;
      /** The line to pass on; null for what is never passed on. */
      readonly write: ((written: Written) => string) | null;
    };

/** What imsg takes off both ends of a line before it reads it. */
const blanks = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+`;
const ends = new RegExp(`^${blanks}|${blanks}$`, 'gu');
const placeNames = { row: 'chat_id', chat: 'chat_guid' };

/** @param region the one imsg is to use */
export function readFrame(line: Buffer, region: string): Frame {
  const whole = line.toString('utf8');
  const text = whole.replaceAll(ends, '');
  if (text === '') return { kind: 'blank' };
  const frame = parseObject(text);
  // Bytes that are no UTF-8 would be repaired by imsg, perhaps in another way.
  const exact = Buffer.from(whole, 'utf8').equals(line);
  if (frame === null || !exact || hasDuplicateKey(text)) {
    if (!/[{[]/u.test(text)) return { kind: 'nonsense', code: -32700, message: 'Parse error' };
    return unreadable(whole, frame);
  }
  const { method, params, jsonrpc } = frame;
  const id = idOf(frame);
  if (method === undefined && !('params' in frame))
    return { kind: 'nonsense', code: -32600, message: 'Invalid Request' };
  const named: unknown = params ?? {};
  const odd = id === undefined && 'id' in frame;
  if (typeof method !== 'string' || odd || !isObject(named)) return unreadable(text, frame);
  if (jsonrpc !== undefined && jsonrpc !== '2.0') return unreadable(text, frame);
  const known = readingMethods.get(method);
  if (known !== undefined) return { kind: 'reading', line: lineOf(id, method, readOnly(named, known)) };
  return sendFrame(id, method, named, region);
}

function readOnly(params: JsonObject, known: readonly string[]): JsonObject {
  const kept = known.map((name) => [name, readPlain(params[name])] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

function sendFrame(id: FrameId | undefined, method: string, params: JsonObject, region: string): Frame {
  const call = sendingMethods.get(method);
  const entries = call === undefined ? null : readEntries(call, params);
  const recipients = entries === null ? null : recipientsIn(entries);
  const content = JSON.stringify({ method, params });
  if (call === undefined || entries === null || recipients === null)
    return { kind: 'send', id, request: unreadableSend(method, content), write: null };
  const other = asksForAnother(entries, region);
  const request = requestOf(method, entries, recipients, {
    content,
    region: other ? null : region,
    sign: call.sign,
  });
  const regional = call.parameters.some(({ role }) => role === 'region') ? { region } : {};
  const write = (written: Written): string => {
    const filled = filledIn(entries, written, placeNames).map(({ name, value }) => [name, value] as const);
    return lineOf(id, method, { ...Object.fromEntries<unknown>(filled), ...regional });
  };
  return { kind: 'send', id, request, write };
}

/** null when a parameter is not known, is given twice or has a value imsg's versions read differently. */
function readEntries(call: SendingCall, params: JsonObject): readonly Entry[] | null {
  const entries: Entry[] = [];
  const seen = new Set<object>();
  for (const [name, given] of Object.entries(params)) {
    const parameter = parameterOf(call, name);
    if (parameter === null) return null;
    if (!isGiven(parameter.role, given)) continue;
    const value = readValue(parameter.role, given);
    if (value === undefined || seen.has(parameter)) return null;
    seen.add(parameter);
    entries.push({ role: parameter.role, name, value });
  }
  return entries;
}

function lineOf(id: FrameId | undefined, method: string, params: JsonObject): string {
  return JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params });
}

function unreadable(text: string, frame: JsonObject | null): Frame {
  const id = frame === null ? null : (idOf(frame) ?? null);
  return { kind: 'send', id, request: unreadableSend('unreadable', text), write: null };
}

/** Undefined: there is none, or none that could be answered to. */
function idOf({ id }: JsonObject): FrameId | undefined {
  if (typeof id === 'string') return id.isWellFormed() ? id : undefined;
  return id === null || typeof id === 'number' ? id : undefined;
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
