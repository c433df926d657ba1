/**
 * Turns buttons and menu entries into opaque tokens and back into what the owner meant. A token that is unknown, used
 * up or of something long gone only ever opens the requests: nothing but a live Approve token means approve.
 */
import type { SilenceMode } from '../../contract/silence.ts';
import type { Random } from '../ports.ts';

export type Intent =
  | {
      readonly type: 'approve' | 'deny';
      readonly key: string;
      /** The revision the button was shown with. */
      readonly revision: number;
    }
  /** Bring up the window at this request; null: at the page of all of them. */
  | { readonly type: 'open'; readonly key: string | null }
  /** Bring up the window as it was left. */
  | { readonly type: 'come-back' }
  /** Stop every message on every channel, or let the rules decide again. */
  | { readonly type: 'pause'; readonly paused: boolean }
  /** What strangers on one iMessage account get from now on. */
  | { readonly type: 'silence'; readonly account: string; readonly to: SilenceMode }
  | { readonly type: 'quit' };

export interface Activation {
  readonly intent: Intent;
  /** The notification id or `tray`; null for a token that is not alive. */
  readonly surface: string | null;
}

export type IssueToken = (intent: Intent) => string;

type TokensByIntent = ReadonlyMap<string, string>;

export class Activations {
  readonly #random: Random;
  readonly #intents = new Map<string, Activation>();
  readonly #surfaces = new Map<string, { readonly now: TokensByIntent; readonly before: TokensByIntent }>();

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Draws one surface (a notification, the tray menu) anew. The same intent keeps its token from one drawing to the
   * next, so that a click on a menu that is being redrawn still means the same; tokens live one drawing longer.
   */
  render<T>(surface: string, build: (issue: IssueToken) => T): T {
    const last = this.#surfaces.get(surface);
    const now = new Map<string, string>();
    const result = build((intent) => {
      const name = JSON.stringify(intent);
      const token = now.get(name) ?? this.#live(last?.now.get(name)) ?? this.#live(last?.before.get(name));
      const issued = token ?? this.#random.token();
      now.set(name, issued);
      this.#intents.set(issued, { intent, surface });
      return issued;
    });
    const before = last?.now ?? new Map<string, string>();
    const kept = new Set([...now.values(), ...before.values()]);
    for (const token of last?.before.values() ?? []) if (!kept.has(token)) this.#intents.delete(token);
    this.#surfaces.set(surface, { now, before });
    return result;
  }

  /** The surface is gone: its tokens only open the requests from now on. */
  revoke(surface: string): void {
    const last = this.#surfaces.get(surface);
    for (const token of [...(last?.now.values() ?? []), ...(last?.before.values() ?? [])])
      this.#intents.delete(token);
    this.#surfaces.delete(surface);
  }

  /** What pressing this token means, and on which surface. A decision counts once. */
  take(token: string): Activation {
    const activation = this.#intents.get(token) ?? { intent: { type: 'open', key: null }, surface: null };
    const { type } = activation.intent;
    if (type === 'approve' || type === 'deny') this.#intents.delete(token);
    return activation;
  }

  #live(token: string | undefined): string | undefined {
    return token !== undefined && this.#intents.has(token) ? token : undefined;
  }
}
