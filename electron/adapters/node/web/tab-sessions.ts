/** The secrets of tabs that were let in. Only their hashes are kept, in memory, so they end with the app. */
import type { Greeting } from '../../../contract/bridge-frames.ts';
import { hashOf, isSameHash, newSecret } from './browser-secret.ts';
import type { OpenTokens } from './open-tokens.ts';

/** Every address the owner opens takes one; beyond this the tab that was not heard of for longest must be opened anew. */
const maxSessions = 64;

export class TabSessions {
  readonly #tokens: OpenTokens;
  /** The one used last comes last. */
  #hashes: readonly Buffer[] = [];

  constructor(tokens: OpenTokens) {
    this.#tokens = tokens;
  }

  /**
   * SECURITY: the only thing that lets a tab onto the bridge.
   *
   * @returns what the tab greets with from now on; null when it is not known
   */
  admit(greeting: Greeting): string | null {
    if ('token' in greeting) return this.#tokens.redeem(greeting.token) ? this.#keep(newSecret()) : null;
    const hash = hashOf(greeting.secret);
    return this.#hashes.some((known) => isSameHash(known, hash)) ? this.#keep(greeting.secret) : null;
  }

  #keep(secret: string): string {
    const hash = hashOf(secret);
    const others = this.#hashes.filter((known) => !isSameHash(known, hash));
    this.#hashes = [...others, hash].slice(-maxSessions);
    return secret;
  }
}
