/** A Chrome DevTools Protocol client: commands with answers, events by session. */
import { WebSocket } from 'ws';

export type Params = Readonly<Record<string, unknown>>;
type Listener = (params: never) => void;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

export class CdpConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Params>>();
  readonly #listeners = new Map<string, Listener[]>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#receive(JSON.parse(data.toString('utf8')) as Message);
    });
  }

  static async open(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new CdpConnection(socket);
  }

  /** @param sessionId of an attached target; none for the browser itself */
  send<Result = Params>(method: string, params: Params = {}, sessionId?: string): Promise<Result> {
    const id = (this.#lastId += 1);
    const waiting = Promise.withResolvers<Params>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return waiting.promise as Promise<Result>;
  }

  /** Each listener names the shape its event has in the protocol. */
  on(method: string, listener: Listener, sessionId = ''): void {
    const key = `${sessionId} ${method}`;
    this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener]);
  }

  #receive({ id, method, sessionId, params, result, error }: Message): void {
    if (id === undefined) {
      const key = `${sessionId ?? ''} ${method ?? ''}`;
      for (const listener of this.#listeners.get(key) ?? []) listener((params ?? {}) as never);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(error.message));
  }
}
