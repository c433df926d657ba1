/**
 * The bridge over the browser host's WebSocket. Owns the one-time token in the address, the greeting that lets this
 * tab in, the socket and its reconnects. A command is sent at most once: after a break its outcome is unknown and is
 * reported so.
 */
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  PushName,
  PushPayload,
} from '../../electron/contract/api.ts';
import type { ClientFrame, Greeting, PushFrame } from '../../electron/contract/bridge-frames.ts';
import { bridgeClose, bridgePath, openTokenPrefix } from '../../electron/contract/bridge-frames.ts';
import { Listeners } from '../../electron/contract/listeners.ts';
import type { Result } from '../../electron/contract/result.ts';
import { appError, fail } from '../../electron/contract/result.ts';
import type { HostLink, LinkState } from './host-link.ts';
import { parseServerFrame } from './server-frame.ts';
import { dropTabSecret, keepTabSecret, tabSecret } from './tab-secret.ts';

const firstRetryMs = 500;
const longestRetryMs = 10_000;

export class WebSocketLink implements HostLink {
  readonly bridge: Bridge = {
    invoke: (name, input) => this.#invoke(name, input),
    on: (name, listener) => this.#on(name, listener),
  };

  #state: LinkState = { state: 'connecting' };
  readonly #changed = new Listeners();
  readonly subscribe = this.#changed.add;
  readonly #pushed = new Listeners<[PushFrame]>();
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #socket: WebSocket | null = null;
  /** Out of the address, until it was used or refused. */
  #token: string | null = null;
  #nextId = 1;
  #failures = 0;

  getState(): LinkState {
    return this.#state;
  }

  start(): void {
    // The same tab may be handed a fresh address later; only the fragment changes then and nothing reloads.
    window.addEventListener('hashchange', () => {
      if (this.#takeToken()) this.#connect();
    });
    this.#takeToken();
    this.#connect();
  }

  /** The one-time token leaves the address bar before anything else happens. */
  #takeToken(): boolean {
    if (!location.hash.startsWith(openTokenPrefix)) return false;
    this.#token = location.hash.slice(openTokenPrefix.length);
    history.replaceState(null, '', location.pathname);
    return true;
  }

  #greeting(): Greeting | null {
    if (this.#token !== null) return { token: this.#token };
    const secret = tabSecret();
    return secret === null ? null : { secret };
  }

  #connect(): void {
    const earlier = this.#socket;
    this.#socket = null;
    earlier?.close();
    this.#failWaiting();
    if (this.#state.state === 'open') this.#become({ state: 'connecting' });
    const greeting = this.#greeting();
    if (greeting === null) {
      this.#become({ state: 'not-authorised' });
      return;
    }
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${bridgePath}`);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify(greeting));
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (this.#socket === socket) this.#receive(event.data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      if (code === bridgeClose.unknownTab) this.#refused();
      else this.#lost();
    });
  }

  /** A token that is refused says nothing about the secret this tab may hold from before. */
  #refused(): void {
    if (this.#token === null) dropTabSecret();
    this.#token = null;
    this.#connect();
  }

  /** Greets with the same again, later; whoever broke off before a welcome took nothing. */
  #lost(): void {
    this.#failWaiting();
    const delayMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    this.#become({ state: 'lost', retryAt: Date.now() + delayMs });
    setTimeout(() => {
      if (this.#socket === null) this.#connect();
    }, delayMs);
  }

  #welcomed(secret: string): void {
    keepTabSecret(secret);
    this.#token = null;
    this.#failures = 0;
    this.#become({ state: 'open' });
  }

  #failWaiting(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const settle of waiting) {
      settle(
        fail(
          appError(
            'connection-lost',
            'This window lost its connection to Portcullis before the answer came. Look here again when it is back.',
            true,
          ),
        ),
      );
    }
  }

  #receive(data: unknown): void {
    const frame = parseServerFrame(data);
    if (frame === null) return;
    if ('secret' in frame) {
      this.#welcomed(frame.secret);
      return;
    }
    if ('push' in frame) {
      this.#pushed.emit(frame);
      return;
    }
    const settle = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    settle?.(frame.result);
  }

  #invoke<K extends CommandName>(name: K, input: CommandInput<K>): Promise<Result<CommandOutput<K>>> {
    const socket = this.#socket;
    if (this.#state.state !== 'open' || socket === null) {
      return Promise.resolve(
        fail(
          appError('connection-lost', 'This window is not connected to Portcullis. Nothing was sent.', true),
        ),
      );
    }
    const frame: ClientFrame = { id: this.#nextId, command: name, input };
    this.#nextId += 1;
    return new Promise((resolve) => {
      // The server answers each command with that command's output (the contract table declares the pairs).
      this.#waiting.set(frame.id, (result) => resolve(result as Result<CommandOutput<K>>));
      socket.send(JSON.stringify(frame));
    });
  }

  #on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): () => void {
    return this.#pushed.add((frame) => {
      // The server pairs each name with its payload (PushFrame); TypeScript cannot follow that through K.
      if (frame.push === name) listener(frame.payload as PushPayload<K>);
    });
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#changed.emit();
  }
}
