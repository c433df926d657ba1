/**
 * The bridge over the browser host's WebSocket. Owns the one-time token in the address, the cookie session, the
 * socket and its reconnects. A command is sent at most once: after a break its outcome is unknown and is reported so.
 */
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandOutput,
  PushName,
  PushPayload,
} from '../../electron/contract/api.ts';
import type { ClientFrame, PushFrame, SessionRequest } from '../../electron/contract/bridge-frames.ts';
import { bridgePath, openTokenPrefix, sessionPath } from '../../electron/contract/bridge-frames.ts';
import { Listeners } from '../../electron/contract/listeners.ts';
import type { Result } from '../../electron/contract/result.ts';
import { appError, fail } from '../../electron/contract/result.ts';
import type { HostLink, LinkState } from './host-link.ts';
import { parseServerFrame } from './server-frame.ts';

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
  #nextId = 1;
  #failures = 0;

  getState(): LinkState {
    return this.#state;
  }

  async start(): Promise<void> {
    // The same tab may be handed a fresh link later; only the fragment changes then and nothing reloads.
    window.addEventListener('hashchange', () => void this.#redeemToken());
    if (!(await this.#redeemToken())) this.#connect();
  }

  /** Trades the one-time token for a cookie. The token leaves the address bar before anything else happens. */
  async #redeemToken(): Promise<boolean> {
    if (!location.hash.startsWith(openTokenPrefix)) return false;
    const request: SessionRequest = { token: location.hash.slice(openTokenPrefix.length) };
    history.replaceState(null, '', location.pathname);
    try {
      // A refused token needs no answer here: an earlier cookie may still be good, and connecting tells.
      await fetch(sessionPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
    } catch {
      // Nobody answered; connecting finds out the same and tries again.
    }
    if (this.#state.state !== 'open') this.#connect();
    return true;
  }

  #connect(): void {
    this.#socket?.close();
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${bridgePath}`);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      opened = true;
      this.#failures = 0;
      this.#become({ state: 'open' });
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (this.#socket === socket) this.#receive(event.data);
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      void this.#closed(opened);
    });
  }

  /** Tries again, also when refused: another tab of this browser may be let in any moment, and this one with it. */
  async #closed(opened: boolean): Promise<void> {
    this.#failWaiting();
    const delayMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    // A page cannot see why an upgrade failed; the server can say whether it knows this browser.
    const refused = !opened && (await isUnknownHere());
    this.#become(refused ? { state: 'not-authorised' } : { state: 'lost', retryAt: Date.now() + delayMs });
    setTimeout(() => {
      if (this.#socket === null) this.#connect();
    }, delayMs);
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

/** True only when the server said so; one that is not there says nothing. */
async function isUnknownHere(): Promise<boolean> {
  try {
    return (await fetch(sessionPath, { cache: 'no-store' })).status === 401;
  } catch {
    return false;
  }
}
