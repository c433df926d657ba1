/** `imsg rpc`: one JSON-RPC request a line, answered by the rules of the version. */
import type { Outcome } from './carry-out.ts';
import { errorCode, ImsgError, invalidParams } from './imsg-error.ts';
import { isObject, readJson } from './json-reader.ts';
import type { Json } from './json-reader.ts';
import { methodNamed } from './methods.ts';
import { Parameters } from './parameters.ts';
import { RequestLines, requestText } from './request-lines.ts';
import { Subscriptions } from './subscriptions.ts';
import type { World } from './world.ts';

export class RpcServer {
  readonly #world: World;
  readonly #say: (line: string) => void;
  readonly #lines = new RequestLines();
  readonly #subscriptions: Subscriptions;

  constructor(world: World, say: (line: string) => void) {
    this.#world = world;
    this.#say = say;
    this.#subscriptions = new Subscriptions(world, (subscription, message) => {
      this.#write({ jsonrpc: '2.0', method: 'message', params: { subscription, message } });
    });
  }

  /** Bytes of standard input, cut anywhere. */
  push(bytes: Buffer): void {
    for (const line of this.#lines.push(bytes)) this.#line(line);
  }

  /** The input ended: what is left of it counts as a line. */
  end(): void {
    this.#line(this.#lines.end());
    this.#subscriptions.end();
  }

  #line(line: Buffer): void {
    const text = requestText(line);
    if (text === '') return;
    const request = this.#parse(text);
    if (request === null) return;
    const { id, method, params } = request;
    let answer: { readonly result: object } | { readonly error: object };
    try {
      answer = { result: this.#run(method, params) };
    } catch (error: unknown) {
      if (!(error instanceof ImsgError)) throw error;
      answer = { error: error.toAnswer(this.#world.strict) };
    }
    const ok = 'result' in answer;
    this.#world.log.asked({ method, params: params ?? {}, ok });
    // Carried out all the same: older versions at least answer an error, newer ones nothing.
    if (id !== undefined) this.#write({ jsonrpc: '2.0', id, ...answer });
    else if (!ok && !this.#world.strict) this.#write({ jsonrpc: '2.0', id: null, ...answer });
  }

  #parse(text: string): Request | null {
    const { settings, strict } = this.#world;
    let value: Json;
    try {
      value = readJson(text, settings);
    } catch (error: unknown) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#refuse(errorCode.parse, error.message);
    }
    if (!isObject(value)) return this.#refuse(errorCode.invalidRequest, 'request must be an object');
    const { jsonrpc, method, id, params } = value;
    const versionOk = jsonrpc === '2.0' || (!strict && typeof jsonrpc !== 'string');
    const idOk = !strict || id === undefined || id === null || typeof id === 'string' || isNumber(id);
    if (!versionOk || !idOk) return this.#refuse(errorCode.invalidRequest, 'jsonrpc or id', id);
    if (typeof method !== 'string' || method === '')
      return this.#refuse(errorCode.invalidRequest, 'method', id);
    return { id, method, params };
  }

  #refuse(code: number, detail: string, id: Json = null): null {
    const error = new ImsgError(detail, code).toAnswer(this.#world.strict);
    this.#write({ jsonrpc: '2.0', id, error });
    return null;
  }

  #run(name: string, params: Json | undefined): object {
    const { settings, strict } = this.#world;
    if (strict && params !== undefined && !isObject(params)) throw invalidParams('params must be an object');
    const input = new Parameters(isObject(params) ? params : {}, strict);
    if (name === 'watch.subscribe') return { subscription: this.#subscriptions.add(input) };
    if (name === 'watch.unsubscribe') {
      this.#subscriptions.end(input.whole(['subscription']) ?? undefined);
      return { ok: true };
    }
    if (name === 'bridge.events.subscribe' && strict) return { subscription: 0 };
    const method = methodNamed(name, settings);
    if (method === null) throw new ImsgError(name, errorCode.methodNotFound);
    return resultOf(method.run(this.#world, input));
  }

  #write(message: object): void {
    this.#say(JSON.stringify(message).replaceAll('/', String.raw`\/`));
  }
}

interface Request {
  readonly id: Json | undefined;
  readonly method: string;
  readonly params: Json | undefined;
}

function resultOf({ guid, row, place, transport, more }: Outcome): object {
  if (place === undefined) return more ?? { ok: true };
  return {
    ok: true,
    ...(transport === undefined ? {} : { transport }),
    ...(guid === undefined ? {} : { id: row, guid, message_id: guid, message_guid: guid }),
    chat_guid: place.guid,
    service: place.service,
    ...more,
  };
}

function isNumber(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isObject(value);
}
